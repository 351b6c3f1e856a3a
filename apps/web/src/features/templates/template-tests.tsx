import type { QueryTemplate } from '@recomamp/contracts'
import { FlaskConical } from 'lucide-react'
import { templates } from '#messages/templates.ts'

const t = templates.detail

/** The expectations of a template, each with its rows behind it. */
export function TemplateTests({ tests }: { tests: QueryTemplate['tests'] }) {
  return (
    <section aria-labelledby="tests-title">
      <h2 id="tests-title" className="text-14 mb-2">
        {t.tests}
      </h2>
      <ul className="flex flex-col gap-1.5">
        {tests.map((test) => (
          <li key={test.name}>
            <details className="border-line-subtle rounded-6 border px-3 py-1.5">
              <summary className="cursor-pointer">
                <FlaskConical size={14} strokeWidth={1.7} aria-hidden className="text-text-3 mr-1.5 inline" />
                {test.name}
              </summary>
              <div className="flex flex-col gap-3 py-2">
                {test.values !== undefined && (
                  <p className="mono text-12">
                    {t.withValues} {JSON.stringify(test.values)}
                  </p>
                )}
                <h3 className="text-12">{t.fixture}</h3>
                {Object.entries(test.given).map(([table, rows]) => (
                  <div key={table}>
                    <p className="mono text-12 mb-1">{table}</p>
                    <Rows {...rows} label={t.fixtureRows(table, test.name)} />
                  </div>
                ))}
                <h3 className="text-12">{t.expected}</h3>
                <Rows {...test.expected} label={t.expectedRows(test.name)} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Rows({ columns, rows, label }: QueryTemplate['tests'][number]['expected'] & { label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls, and keys must reach it
    <section className="overflow-auto" tabIndex={0} aria-label={label}>
      <table className="text-12 border-collapse">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className="mono text-11 text-text-2 font-medium pr-4 text-left">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the rows of a test never change places
            <tr key={at}>
              {columns.map((name, place) => (
                <td key={name} className="mono pr-4 whitespace-nowrap">
                  {row[place] == null ? <i className="text-text-3">null</i> : cellText(row[place])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
