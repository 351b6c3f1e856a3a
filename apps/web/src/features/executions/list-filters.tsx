import type { AnswerOf, countExecutions } from '@recomamp/contracts'
import { StatusFilter, UserId } from '@recomamp/contracts'

import { type ReactNode, useEffect, useState } from 'react'
import { executions } from '#messages/executions.ts'
import { figure } from '#platform/words.ts'
import { Field, searchIcon } from '#ui/field.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { type ExecutionsSearch, periods } from './list-search.ts'

const t = executions.filters

interface FiltersProps {
  search: ExecutionsSearch
  counts: AnswerOf<typeof countExecutions> | undefined
  /** The choice of an instance. */
  instance: ReactNode
  onChange: (change: Partial<ExecutionsSearch>) => void
}

const tabs = ['all', 'open', 'completed', 'failed', 'cancelled'] as const

/** The states with their counts: a choice between views of one list. */
export function StateTabs({ search, counts, onChange }: Omit<FiltersProps, 'instance'>) {
  const { status } = search
  // The other statuses of the lifecycle are parts of “live”, and an address may name one.
  const chosen = tabs.find((tab) => tab === status) ?? (status === undefined ? 'all' : 'open')
  return (
    <div className="max-w-full overflow-x-auto">
      <Segmented
        label={executions.state}
        value={chosen}
        onChange={(next) => onChange({ status: next === 'all' ? undefined : StatusFilter.parse(next) })}
        choices={tabs.map((tab) => ({
          value: tab,
          label: (
            <>
              {t.states[tab]}
              {counts !== undefined && (
                <span className="text-text-3">{figure(tab === 'all' ? counts.total : counts[tab])}</span>
              )}
            </>
          ),
        }))}
      />
    </div>
  )
}

/** Instance, period and person; any of them can be left open. */
export function ListFilters({ search, counts, instance, onChange }: FiltersProps) {
  const any = { value: 'any', label: t.any }
  const people = counts?.people ?? []
  return (
    <>
      <div className="w-[calc(50%-4px)] tablet:w-[190px]">{instance}</div>
      <div className="w-[calc(50%-4px)] tablet:w-[176px]">
        <Select
          label={t.period}
          labelAt="inside"
          value={search.since ?? 'any'}
          onChange={(next) => onChange({ since: isPeriod(next) ? next : undefined })}
          choices={[any, ...Object.entries(periods).map(([value, days]) => ({ value, label: t.lastDays(days) }))]}
        />
      </div>
      <div className="w-[calc(50%-4px)] tablet:w-[164px]">
        <Select
          label={t.person}
          labelAt="inside"
          value={search.by ?? 'any'}
          onChange={(next) => onChange({ by: next === 'any' ? undefined : UserId.parse(next) })}
          choices={[
            { value: 'any', label: t.anyone },
            ...people.map((each) => ({ value: each.id, label: each.name ?? each.id })),
          ]}
        />
      </div>
    </>
  )
}

function isPeriod(text: string): text is keyof typeof periods {
  return text in periods
}

const pauseMs = 250

/** The field that finds; the list follows in a pause of typing. */
export function FindField({ q, onFind }: { q: string; onFind: (q: string) => void }) {
  const [text, setText] = useState(q)
  const [told, setTold] = useState(q)
  if (q !== told) {
    setTold(q)
    setText(q)
  }
  useEffect(() => {
    if (text === told) return
    const pause = setTimeout(() => {
      setTold(text)
      onFind(text)
    }, pauseMs)
    return () => clearTimeout(pause)
  }, [text, told, onFind])
  return (
    <div className="w-full tablet:w-[260px]" data-page-search="">
      <Field
        label={t.find}
        labelAt="inside"
        placeholder={t.findWhat}
        value={text}
        onChange={setText}
        icon={searchIcon}
      />
    </div>
  )
}
