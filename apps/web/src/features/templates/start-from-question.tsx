import type { QueryTemplateSummary } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { Field, searchIcon } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { templateQueries } from './templates.queries.ts'

const t = workbench.start

interface StartFromQuestionProps {
  /** The template that is being opened; its row says so. */
  opening: string | null
  onOpen: (template: QueryTemplateSummary) => void
}

/** What an empty query offers: the analyses that ship with the product, by their question, easiest first. */
export function StartFromQuestion({ opening, onOpen }: StartFromQuestionProps) {
  const { data, error, isPending, refetch } = useQuery(templateQueries.list())
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = (data?.items ?? [])
    .filter((each) => words.every((word) => searchText(each).includes(word)))
    .toSorted((a, b) => a.difficulty - b.difficulty)
  return (
    <section aria-labelledby="start-title" className="min-h-0 flex-1 overflow-auto px-4 py-4 tablet:px-[22px]">
      <div className="mb-2.5 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="start-title" className="text-16 tracking-[-0.01em]">
            {t.title}
          </h2>
          <p className="text-12 text-text-2">
            {t.lead[0]}
            <kbd className="kbd">{workbench.run.key}</kbd>
            {t.lead[1]}
          </p>
        </div>
        <div className="w-[240px]">
          <Field
            label={workbench.schema.findLabel}
            labelAt="inside"
            placeholder={t.find}
            value={text}
            onChange={setText}
            icon={searchIcon}
          />
        </div>
      </div>
      {isPending && <Skeleton label={t.loading} rows={5} />}
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data && shown.length === 0 && <p className="text-text-2">{t.none(text)}</p>}
      {shown.length > 0 && (
        <ul className="border-line divide-line-subtle divide-y overflow-hidden rounded-6 border">
          {shown.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                className="group hover:bg-accent-tint focus-visible:bg-accent-tint flex min-h-[42px] w-full items-center gap-3 py-1 pr-2.5 pl-3.5 text-left focus-visible:outline-offset-[-2px]"
                onClick={() => onOpen(each)}
              >
                <ChartColumn size={16} strokeWidth={1.6} aria-hidden className="text-text-3 flex-none" />
                <span className="min-w-0 flex-1">
                  <span className="font-medium block tablet:truncate">{each.question}</span>
                  <span className="text-12 text-text-3 group-hover:text-text-2 group-focus-visible:text-text-2 cut block">
                    {each.name}
                  </span>
                </span>
                <span className="text-12 text-text-2 flex flex-none items-center gap-[7px]">
                  <span className="difficulty max-tablet:hidden!" aria-hidden>
                    {[1, 2, 3, 4].map((level) => (
                      <i key={level} className={level <= each.difficulty ? 'full' : ''} />
                    ))}
                  </span>
                  {opening === each.id ? t.opening : t.difficulty(each.difficulty)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function searchText(template: QueryTemplateSummary): string {
  return [template.question, template.name, template.category, ...template.tags, ...template.tables]
    .join(' ')
    .toLowerCase()
}
