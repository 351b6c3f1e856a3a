import type { DataSourceDetail } from '@recomamp/contracts'
import { useNavigate } from '@tanstack/react-router'
import { SquareTerminal } from 'lucide-react'
import { memo } from 'react'
import { dataSource } from '#messages/data-source.ts'
import { handOverQuery } from '#platform/query-draft.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { SqlText } from '#ui/sql-text.tsx'
import { exampleQuery } from './starter-query.ts'

const t = dataSource.examples

/** Queries that run as they stand, each with the question that it answers. */
export const Examples = memo(function Examples({ source }: { source: DataSourceDetail }) {
  const navigate = useNavigate()
  if (source.examples.length === 0) return <p className="text-text-2">{source.withoutExamples}</p>
  return (
    <div className="flex flex-col gap-5">
      {source.examples.map((example) => (
        <article key={example.slug} id={`example-${example.slug}`} className="scroll-mt-[64px]">
          <header className="mb-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
            <div className="min-w-[200px] flex-1">
              <h3>{example.title}</h3>
              <p className="text-text-2">{example.answers}</p>
            </div>
            <CopyButton text={example.sql} label={t.copyOf(example.title)} />
            <Button
              aria-label={t.openOf(example.title)}
              onPress={() => {
                handOverQuery(exampleQuery(example))
                void navigate({ to: '/workbench/new', search: {} })
              }}
            >
              <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
              {t.open}
            </Button>
          </header>
          <div className="border-line-subtle bg-sunken rounded-6 border">
            <SqlText text={example.sql} label={t.query(example.title)} />
          </div>
        </article>
      ))}
    </div>
  )
})
