import {
  type InstanceId,
  type SchemaChange,
  type SchemaSnapshot,
  type SnapshotId,
  type TouchedQuery,
  bareName,
} from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { schemaChanges as t } from '#messages/schema-changes.ts'
import { columnText } from '#platform/compared-column.ts'
import { exactly } from '#platform/words.ts'

interface ChangeEntryProps {
  instanceId: InstanceId
  reading: SchemaSnapshot
  /** The reading before it; null where that is not known yet. */
  before: SnapshotId | null
}

/** What one reading found changed, and the saved queries that name it. */
export function ChangeEntry({ instanceId, reading, before }: ChangeEntryProps) {
  const { id, firstReadAt, tables, changes, touches } = reading
  const time = exactly(firstReadAt)
  return (
    <article aria-label={t.at(time)} className="border-line-subtle border-b py-4">
      <header className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 className="text-14">{t.at(time)}</h2>
        {changes === null && <p className="text-text-2">{t.first(tables)}</p>}
        {changes !== null && before !== null && (
          <Link
            to="/data-sources/compare-instances"
            search={{ a: instanceId, ar: before, b: instanceId, br: id }}
            aria-label={t.wholeOf(time)}
          >
            {t.whole}
          </Link>
        )}
      </header>
      {changes !== null && (
        <div className="grid gap-x-10 gap-y-4 desk:grid-cols-[minmax(0,1fr)_380px]">
          <div className="flex min-w-0 flex-col gap-3">
            <Names title={t.removed} names={changes.tablesRemoved} />
            <Names title={t.added} names={changes.tablesAdded} />
            {changes.tablesChanged.length > 0 && (
              <Part title={t.changed}>
                <ul className="flex flex-col gap-2">
                  {changes.tablesChanged.map((table) => (
                    <ChangedTable key={table.name} table={table} from={before} to={id} />
                  ))}
                </ul>
              </Part>
            )}
          </div>
          <Touched queries={touches} />
        </div>
      )}
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-12 text-text-2 mb-1">{title}</h3>
      {children}
    </div>
  )
}

function TableLink({ name }: { name: string }) {
  const bare = bareName(name)
  return (
    <Link to="/data-sources/$name" params={{ name: bare }} className="mono font-strong break-all">
      {bare}
    </Link>
  )
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Part title={title}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {names.map((name) => (
          <li key={name}>
            <TableLink name={name} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

interface ChangedTableProps {
  table: SchemaChange['tablesChanged'][number]
  from: SnapshotId | null
  to: SnapshotId
}

function ChangedTable({ table, from, to }: ChangedTableProps) {
  const name = bareName(table.name)
  return (
    <li>
      <span className="flex flex-wrap items-baseline gap-x-3">
        <TableLink name={table.name} />
        {from !== null && (
          <Link
            to="/data-sources/compare"
            search={{ s: [columnText({ name, place: from }), columnText({ name, place: to })] }}
            aria-label={t.sideBySideOf(name)}
          >
            {t.sideBySide}
          </Link>
        )}
      </span>
      <dl className="field-facts mt-1">
        <Columns title={t.columnsRemoved} names={table.columnsRemoved} />
        <Columns title={t.columnsAdded} names={table.columnsAdded} />
        {table.columnsChanged.length > 0 && (
          <div>
            <dt>{t.columnsChanged}</dt>
            <dd className="mono">
              {table.columnsChanged.map(({ name: column, before, after }) => (
                <span key={column} className="block">
                  {t.fromTo(column, stateWords(before), stateWords(after))}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {table.tagsAdded.length > 0 && <p>{t.tagsAdded(table.tagsAdded.join(', '))}</p>}
      {table.tagsRemoved.length > 0 && <p>{t.tagsRemoved(table.tagsRemoved.join(', '))}</p>}
    </li>
  )
}

function stateWords({ type, role }: SchemaChange['tablesChanged'][number]['columnsChanged'][number]['before']): string {
  return [type ?? t.unsaid, role].filter((part) => part !== null).join(' ')
}

function Columns({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <div>
      <dt>{title}</dt>
      <dd className="mono break-words">{names.join(', ')}</dd>
    </div>
  )
}

function Touched({ queries }: { queries: readonly TouchedQuery[] }) {
  if (queries.length === 0) return <p className="text-text-2">{t.untouched}</p>
  return (
    <Part title={t.touches}>
      <ul className="flex flex-col">
        {queries.map(({ workflowId, name, tables, columns, breaks }) => (
          <li key={workflowId} className="border-line-subtle border-b py-1.5">
            <div className="flex flex-wrap items-baseline gap-x-2">
              <Link to="/workbench/$workflowId" params={{ workflowId }} search={{}} className="break-words">
                {name}
              </Link>
              {breaks && <span className="tag warn">{t.breaks}</span>}
            </div>
            <p className="text-12 text-text-2 break-words">{t.names([...tables, ...columns].join(', '))}</p>
          </li>
        ))}
      </ul>
    </Part>
  )
}
