import type { DataSourceSummary, Instance } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { Check, CircleDashed, GitCompare, Upload } from 'lucide-react'
import { useState } from 'react'
import { instance } from '#messages/instance.ts'
import { useWidth } from '#platform/width.ts'
import { Field } from '#ui/field.tsx'

const t = instance.tables

interface TableListProps {
  instance: Instance
  sources: readonly DataSourceSummary[]
  /** AMC is being asked just now. */
  isReading: boolean
  /** Shows so many, with a way to the rest; all of them, with a search, where it is absent. */
  first?: number
}

/** The tables that AMC offers here against those that are documented; lacking ones last. */
export function TableList({ instance: { id }, sources, isReading, first }: TableListProps) {
  const [text, setText] = useState('')
  const phone = useWidth() === 'phone'
  const known = sources.filter((each) => each.onInstance !== null)
  const live = known.filter((each) => each.onInstance?.state === 'here')
  const ordered = [...live, ...known.filter((each) => each.onInstance?.state === 'lacking')]
  const shown =
    first === undefined ? ordered.filter((each) => each.name.includes(text.trim().toLowerCase())) : live.slice(0, first)
  if (known.length === 0) return <p className="text-text-2 text-13">{isReading ? t.reading : t.notRead}</p>
  return (
    <section aria-labelledby="instance-tables" className="flex min-h-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <h2 id="instance-tables" className="text-13">
          {t.title}
        </h2>
        <span className="text-12 text-text-3">{t.count(live.length, known.length - live.length)}</span>
      </div>
      {first === undefined && (
        <div data-page-search className="max-w-[320px]">
          <Field label={t.find} labelAt="inside" placeholder={t.findHint} value={text} onChange={setText} />
        </div>
      )}
      {shown.length === 0 && <p className="text-text-2">{t.none}</p>}
      {shown.length > 0 && (
        <table className="rows inset">
          <colgroup>
            <col />
            {!phone && <col style={{ width: '76px' }} />}
            <col style={{ width: phone ? '38%' : '212px' }} />
          </colgroup>
          <thead>
            <tr>
              <th>{t.columns.table}</th>
              {!phone && <th className="num">{t.columns.fields}</th>}
              <th>{t.columns.against}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.name} className="opens">
                <td title={each.name}>
                  <Link to="/data-sources/$name" params={{ name: each.name }} search={{}} className="mono text-text">
                    {each.name}
                  </Link>
                </td>
                {!phone && <td className="num">{each.counts.fields}</td>}
                <td>
                  <Against source={each} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {first !== undefined && live.length > first && (
        <Link
          to="/instances/$instanceId"
          params={{ instanceId: id }}
          search={{ tab: 'tables' }}
          className="text-12 font-medium"
        >
          {t.more(live.length)}
        </Link>
      )}
    </section>
  )
}

function Against({ source: { onInstance, documented } }: { source: DataSourceSummary }) {
  const icon = { size: 12, strokeWidth: 2, 'aria-hidden': true } as const
  if (onInstance?.state === 'lacking')
    return (
      <span className="text-text-3 inline-flex items-center gap-1.5">
        <CircleDashed {...icon} />
        {t.lacking}
      </span>
    )
  if (onInstance?.uploaded === true)
    return (
      <span className="inline-flex items-center gap-1.5">
        <Upload {...icon} />
        {t.uploaded}
      </span>
    )
  const { lacking = 0, onlyHere = 0, differing = 0 } = onInstance?.fields ?? {}
  if (documented && lacking + onlyHere + differing > 0)
    return (
      <span className="text-warn inline-flex items-center gap-1.5">
        <GitCompare {...icon} />
        {t.differs(lacking, onlyHere, differing)}
      </span>
    )
  return documented ? (
    <span className="text-text-2 inline-flex items-center gap-1.5">
      <Check {...icon} className="text-ok" />
      {t.same}
    </span>
  ) : (
    <span className="text-warn inline-flex items-center gap-1.5">
      <GitCompare {...icon} />
      {t.undocumented}
    </span>
  )
}
