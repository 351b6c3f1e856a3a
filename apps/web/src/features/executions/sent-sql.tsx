import type { Execution } from '@recomamp/contracts'
import { useMemo } from 'react'
import { executions as t } from '#messages/executions.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { SqlLines } from '#ui/sql-lines.tsx'

/** The text that AMC got and the template that it came from, side by side, with what was filled in marked in both. */
export function SentSql({ execution }: { execution: Execution }) {
  const { fills } = execution
  const marks = useMemo(
    () => ({
      sent: fills.map(({ sent }) => ({ ...sent, className: 'filled' })),
      template: fills.map(({ template }) => ({ ...template, className: 'filled' })),
    }),
    [fills],
  )
  return (
    <div className="grid min-h-0 flex-1 desk:grid-cols-2 desk:[&>*+*]:border-l desk:[&>*+*]:border-line-subtle">
      {(['sent', 'template'] as const).map((side) => (
        <section key={side} className="flex min-h-0 min-w-0 flex-col">
          <h2 className="text-12 text-text-2 flex items-center gap-1 px-3.5 pt-3">
            {side === 'sent' ? t.sqlSent : t.template}
            <CopyButton
              text={side === 'sent' ? execution.sqlSent : execution.template}
              label={t.copyOf(side === 'sent' ? t.sqlSent : t.template)}
            />
            {side === 'sent' && <span className="text-text-3 font-regular">{t.filledIn(fills.length)}</span>}
          </h2>
          <SqlLines
            text={side === 'sent' ? execution.sqlSent : execution.template}
            label={side === 'sent' ? t.sqlSent : t.template}
            marks={marks[side]}
          />
        </section>
      ))}
    </div>
  )
}
