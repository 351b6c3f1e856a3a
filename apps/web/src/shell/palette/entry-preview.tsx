import type { ReactNode } from 'react'
import { marks } from '#messages/marks.ts'
import { palette as t } from '#messages/palette.ts'
import { useNow } from '#platform/clock.ts'
import { when } from '#platform/words.ts'
import { CutMiddle, PrivacyMeter } from '#ui/data-marks.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import type { PaletteEntry } from './entries.ts'

/** What the entry at hand is, without opening it. */
export function EntryPreview({ entry }: { entry: PaletteEntry }) {
  const now = useNow(60_000)
  switch (entry.kind) {
    case 'field': {
      const { column, tables } = entry
      return (
        <Preview title={<span className="mono">{column.name}</span>} text={column.description}>
          <p className="flex flex-wrap items-center gap-1.5">
            <span className="tag lined">{column.typeDetail ?? column.type ?? marks.unknown}</span>
            {column.role !== null && <span className="tag lined">{column.role}</span>}
            {column.unit && <span className="tag warn">{column.unit}</span>}
            <PrivacyMeter threshold={column.threshold} word />
          </p>
          <Fact name={t.preview.in}>
            <Tables names={tables.slice(0, 8)} />
            {tables.length > 8 && t.preview.more(tables.length - 8)}
          </Fact>
        </Preview>
      )
    }
    case 'source': {
      const { source } = entry
      return (
        <Preview title={<span className="mono">{source.name}</span>} text={source.description}>
          <p className="flex flex-wrap gap-1.5">
            <span className="tag">{source.category}</span>
            <span className="tag lined">{t.fields(source.counts.fields)}</span>
          </p>
          {source.timeColumn !== null && <Fact name={t.preview.time}>{source.timeColumn}</Fact>}
        </Preview>
      )
    }
    case 'template':
      return (
        <Preview title={entry.template.question} text={entry.template.name}>
          <Fact name={t.preview.tables}>
            <Tables names={entry.template.tables} />
          </Fact>
        </Preview>
      )
    case 'workflow':
      return (
        <Preview title={entry.label}>
          <Fact name={t.preview.instance}>{entry.workflow.instance?.name ?? '–'}</Fact>
          <Fact name={t.preview.changed}>{when(entry.workflow.updatedAt, now)}</Fact>
        </Preview>
      )
    case 'execution':
      return (
        <Preview title={entry.label}>
          <StatusMark mark={markOf(entry.execution)} />
          <Fact name={t.preview.instance}>{entry.execution.instance.name}</Fact>
          <Fact name={t.preview.asked}>{when(entry.execution.requestedAt, now)}</Fact>
        </Preview>
      )
    case 'instance':
      return (
        <Preview title={entry.label}>
          <p className="mono">{entry.instance.amcInstanceId}</p>
          <Fact name={t.preview.account}>{entry.instance.account.name}</Fact>
        </Preview>
      )
    default:
      return <Preview title={entry.label} />
  }
}

function Preview({ title, text, children }: { title: ReactNode; text?: string; children?: ReactNode }) {
  return (
    <div className="text-12 flex flex-col gap-2.5 p-4">
      <h3 className="text-13 font-strong break-words">{title}</h3>
      {text !== undefined && text !== '' && <p className="text-text-2 order-1">{text}</p>}
      {children}
    </div>
  )
}

function Tables({ names }: { names: readonly string[] }) {
  return names.map((name) => (
    <span key={name} className="mono flex min-w-0">
      <CutMiddle text={name} />
    </span>
  ))
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <dl className="order-2 grid grid-cols-[92px_minmax(0,1fr)] gap-2">
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </dl>
  )
}
