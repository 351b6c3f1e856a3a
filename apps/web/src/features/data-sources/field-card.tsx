import type { Table } from '@recomamp/amc-sql'
import { Link } from '@tanstack/react-router'
import { marks } from '#messages/marks.ts'
import { workbench } from '#messages/workbench.ts'
import { LinkButton } from '#ui/button.tsx'
import { PrivacyMeter } from '#ui/data-marks.tsx'
import type { TreeRow } from './tree-rows.ts'

const t = workbench.schema

/** What the chosen table or field means: type, role, class, the pitfall of its unit. */
export function FieldCard({ row, onInsert }: { row: TreeRow | null; onInsert: (name: string) => void }) {
  return (
    <div
      className="border-line bg-surface max-h-[190px] flex-none overflow-auto border-t px-3 py-2.5"
      aria-live="polite"
    >
      {row === null || row.kind === 'group' ? (
        <>
          <h2 className="text-12">{t.hint}</h2>
          <p className="text-12 text-text-2 mt-0.5">{t.hintBody}</p>
        </>
      ) : row.kind === 'table' ? (
        <>
          <h2 className="mono font-strong break-all">{row.table.name}</h2>
          <p className="my-1 flex flex-wrap gap-1.5">
            <span className="tag lined">{t.fields(row.table.columns.length)}</span>
            {row.table.kind !== null && <span className="tag lined">{t.kinds[row.table.kind]}</span>}
          </p>
          <p className="text-12 text-text-2">{row.table.description}</p>
          <Ways table={row.table} onInsert={() => onInsert(row.table.name)} />
        </>
      ) : (
        <>
          <h2 className="mono font-strong break-all">{row.column.name}</h2>
          <p className="my-1 flex flex-wrap items-center gap-1.5">
            <span className="tag lined">{row.column.typeDetail ?? row.column.type ?? marks.unknown}</span>
            {row.column.role !== null && <span className="tag lined">{t.roles[row.column.role]}</span>}
            {row.column.unit && <span className="tag warn">{row.column.unit}</span>}
            <PrivacyMeter threshold={row.column.threshold} word />
          </p>
          <p className="text-12 text-text-2">
            {row.column.description} {row.column.unit && t.units[row.column.unit]}
          </p>
          <Ways table={row.table} field={row.column.name} onInsert={() => onInsert(row.column.name)} />
        </>
      )}
    </div>
  )
}

interface WaysProps {
  table: Table
  field?: string
  onInsert: () => void
}

/** Into the query, and to the page that tells all of it; the tables for audiences are told on the page of their table. */
function Ways({ table, field, onInsert }: WaysProps) {
  return (
    <p className="flex flex-wrap gap-3">
      <LinkButton onPress={onInsert}>{t.insert}</LinkButton>
      {!table.audience && (
        <Link
          to="/data-sources/$name"
          params={{ name: table.name }}
          search={{}}
          {...(field === undefined ? {} : { hash: `field-${field}` })}
          className="text-12"
        >
          {t.openPage(table.name)}
        </Link>
      )}
    </p>
  )
}
