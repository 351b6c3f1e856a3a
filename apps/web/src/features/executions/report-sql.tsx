import type { ErrorReport } from '@recomamp/contracts'
import { Copy } from 'lucide-react'
import { useMemo } from 'react'
import { executions } from '#messages/executions.ts'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { SqlLines } from '#ui/sql-lines.tsx'

const t = executions.report
export type Side = 'sent' | 'template'

interface ReportSqlProps {
  report: ErrorReport
  side: Side
  onSide: (side: Side) => void
}

/** The text that failed, with the failing place marked and explained on its line: as AMC got it, or as the user wrote it. */
export function ReportSql({ report, side, onSide }: ReportSqlProps) {
  const { execution, where } = report
  const place = where[side]
  const text = side === 'sent' ? execution.sqlSent : execution.template
  const marks = useMemo(
    () => [
      ...execution.fills.map((fill) => ({ ...fill[side], className: 'filled' })),
      ...(place === null ? [] : [{ from: place.from, to: place.to, className: 'fault-place' }]),
    ],
    [execution.fills, place, side],
  )
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="border-line flex flex-none flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
        <Segmented
          label={t.side}
          value={side}
          onChange={onSide}
          choices={[
            { value: 'sent', label: t.sides.sent },
            { value: 'template', label: t.sides.template },
          ]}
        />
        <span className="text-12 text-text-2">{executions.filledIn(execution.fills.length)}</span>
        <div className="flex-1" />
        <CopyWordButton
          text={text}
          label={t.copySqlOf(t.sides[side])}
          icon={<Copy size={14} strokeWidth={1.7} aria-hidden />}
        >
          {t.copySql}
        </CopyWordButton>
      </div>
      <SqlLines
        text={text}
        label={t.sides[side]}
        marks={marks}
        fault={
          place === null
            ? null
            : {
                line: place.line,
                note: (
                  <div className="border-bad-line bg-surface flex max-w-[min(72ch,76vw)] flex-col gap-0.5 rounded-6 border px-3 py-2">
                    <strong>{report.title}</strong>
                    <span className="text-text-2">{where.isCertain ? report.why : t.probably}</span>
                  </div>
                ),
              }
        }
      />
    </div>
  )
}
