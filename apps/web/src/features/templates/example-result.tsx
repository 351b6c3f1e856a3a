import type { TemplateExample, TemplateId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { templates as messages } from '#messages/templates.ts'
import { figure } from '#platform/words.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { cellInWords, isNumber } from './cell-words.ts'
import { templateQueries } from './templates.queries.ts'

const t = messages.example

interface ExampleResultProps {
  templateId: TemplateId
  isAudience: boolean
  /** So many rows are shown. */
  rows: number
}

/** What a template gives on the synthetic data with its default values. */
export function ExampleResult({ templateId, isAudience, rows }: ExampleResultProps) {
  const { data, error, refetch } = useQuery(templateQueries.example(templateId))
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.loading} rows={4} />
  if (isAudience) return <p className="text-text-2">{t.size(figure(data.rowCount))}</p>
  if (data.rowCount === 0) return <p className="text-text-2">{t.empty}</p>
  return <ExampleTable example={data} most={rows} />
}

function ExampleTable({ example, most }: { example: TemplateExample; most: number }) {
  const { columns, rowCount } = example
  const shown = example.rows.slice(0, most)
  return (
    <div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls, and keys must reach it */}
      <section className="border-line max-h-[420px] overflow-auto rounded-6 border" tabIndex={0} aria-label={t.table}>
        <table className="text-12 w-full border-collapse">
          <thead>
            <tr>
              {columns.map(({ name, dataType }) => (
                <th
                  key={name}
                  scope="col"
                  className={`bg-sunken border-line mono text-11 font-medium text-text-2 sticky top-0 border-b px-2.5 py-1.5 whitespace-nowrap ${isNumber(dataType) ? 'text-right' : 'text-left'}`}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              // The rows of an example never change places.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at} className="border-line-subtle border-b last:border-b-0">
                {columns.map(({ name, dataType }, place) => (
                  <td
                    key={name}
                    className={`max-w-[320px] px-2.5 py-1 ${isNumber(dataType) ? 'num' : 'cut'}`}
                    title={row[place] ?? undefined}
                  >
                    {row[place] == null ? <i className="text-text-3">null</i> : cellInWords(row[place], dataType)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rowCount > shown.length && (
        <p className="text-12 text-text-3 mt-1">{t.first(figure(shown.length), figure(rowCount))}</p>
      )}
    </div>
  )
}
