import type { Schema } from '@recomamp/amc-sql'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { memo, useDeferredValue, useId, useMemo, useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { LinkButton } from '#ui/button.tsx'
import { CutMiddle, PrivacyMeter, TypeChip } from '#ui/data-marks.tsx'
import { Field, searchIcon } from '#ui/field.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { useScrolledRows } from '#ui/scrolled-rows.ts'
import { FieldCard } from './field-card.tsx'
import { type TreeRow, moveInTree, treeRows } from './tree-rows.ts'

const t = workbench.schema

interface SchemaPaneProps {
  schema: Schema
  used: ReadonlySet<string>
  /** Puts a name into the query, where the cursor is. */
  onInsert: (name: string) => void
}

/** The tables and fields that a query can use: search, tree, and the meaning of what is chosen. */
export const SchemaPane = memo(function SchemaPane({ schema, used, onInsert }: SchemaPaneProps) {
  const [text, setText] = useState('')
  const [scope, setScope] = useState<'all' | 'used'>('all')
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(used))
  const [current, setCurrent] = useState<string | null>(null)
  const search = useDeferredValue(text.trim())
  const rows = useMemo(
    () => treeRows(schema, { text: search, onlyUsed: scope === 'used', used, open }),
    [schema, search, scope, used, open],
  )
  const shownTables = schema.tables.filter((table) => !table.audience).length
  const chosen = rows.find((row) => row.key === current) ?? null
  return (
    <section aria-label={t.title} className="bg-sunken flex min-h-0 flex-1 flex-col">
      <div className="px-2 pt-2 pb-1.5">
        <Field
          label={t.findLabel}
          labelAt="inside"
          aria-label={t.find}
          placeholder={t.findPlaceholder}
          value={text}
          onChange={setText}
          icon={searchIcon}
        />
      </div>
      <div className="px-2 pb-1.5">
        <Segmented
          label={t.scope}
          value={scope}
          onChange={setScope}
          choices={[
            { value: 'all', label: <Counted word={t.all} count={shownTables} /> },
            { value: 'used', label: <Counted word={t.inQuery} count={used.size} /> },
          ]}
        />
      </div>
      {rows.length === 0 ? (
        <div className="text-12 text-text-2 flex flex-1 flex-col items-start gap-2 px-3 py-2">
          <p>{search === '' ? t.noneInQuery : t.none(search)}</p>
          {search !== '' && <LinkButton onPress={() => setText('')}>{t.clear}</LinkButton>}
        </div>
      ) : (
        <Tree
          rows={rows}
          current={current}
          onCurrent={setCurrent}
          onToggle={(name, wanted) => {
            const next = new Set(open)
            if (wanted) next.add(name)
            else next.delete(name)
            setOpen(next)
          }}
          onInsert={onInsert}
        />
      )}
      <FieldCard row={chosen} onInsert={onInsert} />
    </section>
  )
})

function Counted({ word, count }: { word: string; count: number }) {
  return (
    <>
      {word} <span className="text-text-3">{count}</span>
    </>
  )
}

const rowHeight = matchMedia('(pointer: coarse)').matches ? 40 : 25

interface TreeProps {
  rows: readonly TreeRow[]
  current: string | null
  onCurrent: (key: string) => void
  onToggle: (table: string, open: boolean) => void
  onInsert: (name: string) => void
}

function Tree({ rows, current, onCurrent, onToggle, onInsert }: TreeProps) {
  const id = useId()
  const { attach, first, last, reveal } = useScrolledRows(rows.length, rowHeight)
  const found = rows.findIndex((row) => row.key === current)
  const at = found === -1 ? rows.findIndex((row) => row.kind !== 'group') : found

  const go = (index: number) => {
    const row = rows[index]
    if (row === undefined || row.kind === 'group') return
    onCurrent(row.key)
    reveal(index)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at]
    if (event.key === 'Enter' && row !== undefined && row.kind !== 'group') {
      event.preventDefault()
      onInsert(nameOf(row))
      return
    }
    if (event.key === ' ') {
      event.preventDefault()
      go(at)
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = moveInTree(rows, found === -1 ? at - 1 : at, event.key)
    if (move === null) return
    event.preventDefault()
    if ('to' in move) go(move.to)
    else onToggle('open' in move ? move.open : move.close, 'open' in move)
  }

  const shown = found >= first && found < last
  return (
    <div
      ref={attach}
      role="tree"
      aria-label={t.tree}
      tabIndex={0}
      aria-activedescendant={shown ? `${id}-${found}` : undefined}
      className="tree"
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ position: 'relative', height: rows.length * rowHeight }}>
        {rows.slice(first, last).map((row, index) => {
          const at = first + index
          const style = { top: at * rowHeight, height: rowHeight }
          if (row.kind === 'group')
            return (
              <div
                key={row.key}
                role="presentation"
                className="text-11 text-text-3 font-medium absolute flex items-end px-2.5 pb-0.5"
                style={style}
              >
                {row.title}
              </div>
            )
          return (
            // The tree has the focus and the keys; its items are pointed at by aria-activedescendant.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.key}
              id={`${id}-${at}`}
              role="treeitem"
              aria-level={row.kind === 'table' ? 1 : 2}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-selected={row.key === current}
              {...(row.kind === 'table' ? { 'aria-expanded': row.open } : {})}
              className={row.key === current ? 'current' : ''}
              style={style}
              onClick={() => {
                onCurrent(row.key)
                if (row.kind === 'table') onToggle(row.table.name, !row.open)
              }}
              onDoubleClick={() => onInsert(nameOf(row))}
            >
              {row.kind === 'table' ? <TableLine row={row} /> : <FieldLine row={row} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function TableLine({ row }: { row: Extract<TreeRow, { kind: 'table' }> }) {
  const Chevron = row.open ? ChevronDown : ChevronRight
  return (
    <span className="flex min-w-0 flex-1 items-center gap-[5px] pr-2.5 pl-2">
      <Chevron size={12} strokeWidth={2} aria-hidden className="text-text-3 flex-none" />
      <span className="mono font-strong min-w-0 flex-1">
        <CutMiddle text={row.table.name} />
      </span>
      {row.used && (
        <span role="img" aria-label={t.used} title={t.used} className="bg-accent size-1.5 flex-none rounded-full" />
      )}
      <span className="text-11 text-text-3 num" aria-label={t.fields(row.table.columns.length)}>
        {row.table.columns.length}
      </span>
    </span>
  )
}

function FieldLine({ row }: { row: Extract<TreeRow, { kind: 'field' }> }) {
  const { column } = row
  return (
    <span className="text-text-2 flex min-w-0 flex-1 items-center gap-[7px] pr-2.5 pl-[25px]">
      <TypeChip type={column.type} metric={column.role === 'metric'} />
      <span className="mono min-w-0 flex-1">
        <CutMiddle text={column.name} />
      </span>
      <PrivacyMeter threshold={column.threshold} />
    </span>
  )
}

function nameOf(row: Exclude<TreeRow, { kind: 'group' }>): string {
  return row.kind === 'table' ? row.table.name : row.column.name
}
