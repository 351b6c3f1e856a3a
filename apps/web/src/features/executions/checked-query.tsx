import type { Execution } from '@recomamp/contracts'
import { executions as t } from '#messages/executions.ts'

/** What a check came to: AMC takes the query, and these are the columns that it would have. */
export function CheckedQuery({ execution }: { execution: Execution }) {
  const { columns } = execution
  return (
    <div className="flex flex-col gap-2 px-4 py-3">
      <h3 className="font-medium">{t.check.title}</h3>
      <p className="text-text-2">{columns.length === 0 ? t.check.unnamed : t.check.body}</p>
      {columns.length > 0 && (
        <table className="rows max-w-[620px]" aria-label={t.check.columns}>
          <thead>
            <tr>
              <th>{t.check.name}</th>
              <th style={{ width: '140px' }}>{t.check.type}</th>
              <th style={{ width: '120px' }}>{t.check.role}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <td className="mono">{column.name}</td>
                <td className="mono">{column.dataType}</td>
                <td className="text-text-2">{column.columnType.toLowerCase()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
