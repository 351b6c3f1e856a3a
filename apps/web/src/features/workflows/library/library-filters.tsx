import { CopyFilter, LatestOutcome, WorkflowShelf } from '@recomamp/contracts'

import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { library as t } from '#messages/queries.ts'
import { figure } from '#platform/words.ts'
import { Field, searchIcon } from '#ui/field.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { type LibrarySearch, addressOfShelf, shelfOf } from './library-search.ts'

interface LibraryFiltersProps {
  search: LibrarySearch
  shelves: Readonly<Record<WorkflowShelf, number>> | undefined
  tags: readonly { tag: string; count: number }[]
  /** The choice of an instance. */
  instance: ReactNode
  onChange: (change: Partial<LibrarySearch>) => void
  onSearchKey: (event: KeyboardEvent) => void
}

/** How long a person pauses before the server is asked. */
const pauseMs = 200

/** The shelf, the search and what the list is narrowed to; all of it stands in the address. */
export function LibraryFilters({ search, shelves, tags, instance, onChange, onSearchKey }: LibraryFiltersProps) {
  const [typed, setTyped] = useState(search.q ?? '')
  const [asked, setAsked] = useState(search.q)
  // The address was changed by something else than the field.
  if (asked !== search.q) {
    setAsked(search.q)
    setTyped(search.q ?? '')
  }
  useEffect(() => {
    const q = typed.trim() === '' ? undefined : typed
    if (q === asked) return
    const timer = setTimeout(() => {
      setAsked(q)
      onChange({ q })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed, asked, onChange])
  const any = { value: 'any', label: t.filters.any }
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 tablet:px-6">
      <div className="max-w-full overflow-x-auto">
        <Segmented
          label={t.shelf}
          value={shelfOf(search)}
          onChange={(shelf) => onChange(addressOfShelf(shelf))}
          choices={WorkflowShelf.options.map((value) => ({
            value,
            label: (
              <>
                {t.shelves[value]}
                {shelves && <span className="text-text-3">{figure(shelves[value])}</span>}
              </>
            ),
          }))}
        />
      </div>
      <div className="min-w-[200px] flex-1">
        <Field
          label={t.findLabel}
          labelAt="inside"
          aria-label={t.find}
          placeholder={t.findPlaceholder}
          value={typed}
          onChange={setTyped}
          onKeyDown={onSearchKey}
          maxLength={200}
          data-page-search=""
          icon={searchIcon}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <div className="min-w-[110px]">
          <Select
            label={t.filters.tag}
            labelAt="inside"
            value={search.tag ?? 'any'}
            onChange={(tag) => onChange({ tag: tag === 'any' ? undefined : tag })}
            choices={[any, ...tags.map(({ tag, count }) => ({ value: tag, label: `${tag} ${figure(count)}` }))]}
          />
        </div>
        <div className="min-w-[130px]">{instance}</div>
        <div className="min-w-[140px]">
          <Select
            label={t.filters.copy}
            labelAt="inside"
            value={search.copy ?? 'any'}
            onChange={(copy) => onChange({ copy: copy === 'any' ? undefined : copy })}
            choices={[
              { value: 'any' as const, label: t.filters.any },
              ...CopyFilter.options.map((value) => ({ value, label: t.filters.copies[value] })),
            ]}
          />
        </div>
        <div className="min-w-[130px]">
          <Select
            label={t.filters.run}
            labelAt="inside"
            value={search.run ?? 'any'}
            onChange={(run) => onChange({ run: run === 'any' ? undefined : run })}
            choices={[
              { value: 'any' as const, label: t.filters.any },
              ...LatestOutcome.options.map((value) => ({ value, label: t.filters.outcomes[value] })),
            ]}
          />
        </div>
      </div>
    </div>
  )
}
