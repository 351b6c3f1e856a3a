import { Activity, ArrowRight, Boxes, ChartColumn, FileCode, Table2, Zap } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { palette as t } from '#messages/palette.ts'
import { TypeChip } from '#ui/data-marks.tsx'
import { Highlighted } from '#ui/highlighted.tsx'
import type { FoundEntry, PaletteEntry } from './entries.ts'

interface EntryRowProps {
  id: string
  found: FoundEntry
  current: boolean
  /** Whether the list moves to it when it is the current one. */
  follow: boolean
  onPoint: () => void
  onOpen: () => void
}

/** One hit: what it is, its name with what matched, and what tells it from its like. */
export function EntryRow({ id, found: { entry, ranges }, current, follow, onPoint, onOpen }: EntryRowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current && follow) row.current?.scrollIntoView({ block: 'nearest' })
  }, [current, follow])
  const mono = entry.kind === 'field' || entry.kind === 'source'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field of the palette has the focus and the keys
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={current}
      className={`flex min-h-[33px] items-center gap-2.5 rounded-6 px-2.5 text-13 ${current ? 'bg-accent-tint-2' : ''}`}
      onPointerMove={() => !current && onPoint()}
      onClick={onOpen}
    >
      <span className="text-text-3 grid w-7 flex-none place-items-center">{iconOf(entry)}</span>
      <span className={`flex min-w-0 flex-1 ${mono ? 'mono' : ''}`}>
        <Highlighted text={entry.label} ranges={ranges} />
      </span>
      <span className="text-12 text-text-2 cut max-w-[45%] flex-none">{noteOf(entry)}</span>
    </div>
  )
}

const icon = { size: 16, strokeWidth: 1.6, 'aria-hidden': true } as const

/** Made once: an icon that stays is not drawn anew with the name beside it. */
const icons = {
  source: <Table2 {...icon} />,
  template: <ChartColumn {...icon} />,
  workflow: <FileCode {...icon} />,
  execution: <Activity {...icon} />,
  instance: <Boxes {...icon} />,
  page: <ArrowRight {...icon} />,
  setting: <ArrowRight {...icon} />,
  action: <Zap {...icon} />,
}

function iconOf(entry: PaletteEntry): ReactNode {
  if (entry.kind !== 'field') return icons[entry.kind]
  return <TypeChip type={entry.column.type} metric={entry.column.role === 'metric'} />
}

function noteOf(entry: PaletteEntry): ReactNode {
  switch (entry.kind) {
    case 'field':
      return entry.tables.length === 1 ? entry.tables[0] : t.tables(entry.tables.length)
    case 'source':
      return t.fields(entry.source.counts.fields)
    case 'template':
      return t.template
    case 'workflow':
      return [t.version(entry.workflow.version), entry.workflow.instance?.name].filter(Boolean).join(', ')
    case 'execution':
      return runNote(entry.execution)
    case 'instance':
      return <span className="mono">{entry.instance.amcInstanceId}</span>
    case 'page':
    case 'setting':
      return null
    case 'action':
      return entry.keys === undefined ? null : <kbd className="kbd">{entry.keys}</kbd>
  }
}

function runNote(execution: Extract<PaletteEntry, { kind: 'execution' }>['execution']): string {
  const outcome = execution.dryRun
    ? t.checkOnly
    : execution.rowCount === null
      ? execution.status
      : t.rows(execution.rowCount)
  return `${outcome}, ${execution.instance.name}`
}
