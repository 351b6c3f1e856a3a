import type { DataSourceDetail } from '@recomamp/contracts'
import { Check, X } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { dataSource } from '#messages/data-source.ts'
import { useNow } from '#platform/clock.ts'
import { columnText } from '#platform/compared-column.ts'
import { exactly, when } from '#platform/words.ts'

const t = dataSource.instances

/** Whether the chosen instance has the table, beside its name. */
export function LiveMark({ source }: { source: DataSourceDetail }) {
  if (source.onInstance === null || source.reading === null) return null
  const { name } = source.reading.instance
  if (source.onInstance.state === 'lacking')
    return (
      <span className="tag warn">
        <X size={11} strokeWidth={2} aria-hidden />
        {t.lacking(name)}
      </span>
    )
  return (
    <>
      <span className="tag ok">
        <Check size={11} strokeWidth={2} aria-hidden />
        {t.here(name)}
      </span>
      {source.onInstance.uploaded && <span className="tag lined">{t.uploaded}</span>}
      {source.onInstance.tags.map((tag) => (
        <span key={tag.type} className="tag lined" title={tag.description ?? tag.subtext ?? ''}>
          {tag.title ?? tag.type}
        </span>
      ))}
    </>
  )
}

/** Which instances have the table, as of when, and how its columns there differ from what is documented. */
export const OnInstances = memo(function OnInstances({ source }: { source: DataSourceDetail }) {
  const now = useNow(60_000)
  const { instances, onInstance, reading } = source
  const { lacking = 0, onlyHere = 0, differing = 0 } = onInstance?.fields ?? {}
  return (
    <>
      {onInstance?.state === 'here' && reading !== null && (
        <dl className="field-facts mb-3">
          <div>
            <dt>{t.fields}</dt>
            <dd>{lacking + onlyHere + differing === 0 ? t.same : t.differences(lacking, onlyHere, differing)}</dd>
          </div>
          {onInstance.tags.map((tag) => (
            <div key={tag.type}>
              <dt>{t.tagged}</dt>
              <dd>{[tag.title ?? tag.type, tag.subtext, tag.description].filter(Boolean).join(': ')}</dd>
            </div>
          ))}
        </dl>
      )}
      {reading?.failure && <p className="text-warn mb-2">{t.failed(reading.instance.name, reading.failure)}</p>}
      {instances.length === 0 ? (
        <p className="text-text-2">{t.none}</p>
      ) : (
        <div className="max-h-[420px] overflow-auto">
          <table className="rows">
            <thead>
              <tr>
                <th scope="col">{t.name}</th>
                <th scope="col">{t.state}</th>
                <th scope="col">{t.readAt}</th>
                <th scope="col">
                  <span className="sr-only">{t.more}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {instances.map(({ id, name, state, readAt }) => (
                <tr key={id}>
                  <td>{name}</td>
                  <td>
                    <span className={`tag ${state === 'here' ? 'ok' : 'warn'}`}>{t.states[state]}</span>
                  </td>
                  <td title={exactly(readAt)}>{when(readAt, now)}</td>
                  <td>
                    <span className="flex flex-wrap justify-end gap-x-3">
                      {state === 'here' && source.documented && (
                        <Link
                          to="/data-sources/compare"
                          search={{ s: [source.name, columnText({ name: source.name, place: id })] }}
                          aria-label={t.compareOf(name)}
                        >
                          {t.compare}
                        </Link>
                      )}
                      <Link to="/data-sources/changes" search={{ i: id }} aria-label={t.changesOf(name)}>
                        {t.changes}
                      </Link>
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
})
