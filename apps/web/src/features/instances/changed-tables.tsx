import type { Instance } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { GitCompare } from 'lucide-react'
import { home } from '#messages/home.ts'
import { isNews } from '#platform/last-visit.ts'
import { exactly, when } from '#platform/words.ts'

const t = home.tables

/** Whether queries of an instance may no longer fit: tables went, or have other columns. */
export function lostTables({ tables }: Instance, now: Date): boolean {
  const change = tables?.lastChange ?? null
  return change !== null && change.removed + change.changed > 0 && isNews(change.at, now)
}

/** Instances whose tables lost something lately, with the way to what changed. */
export function ChangedTables({ instances, now }: { instances: readonly Instance[]; now: Date }) {
  return instances.map(({ id, name, tables }) => {
    const change = tables?.lastChange ?? null
    if (change === null) return null
    const words = [
      change.removed > 0 && t.removed(change.removed),
      change.changed > 0 && t.changed(change.changed),
    ].filter((line) => line !== false)
    return (
      <li key={id} className="needs-row">
        <GitCompare size={14} strokeWidth={1.7} aria-hidden className="text-warn mt-1 flex-none" />
        <div className="min-w-0 flex-1">
          <p>
            <strong>{t.title(name)}</strong>{' '}
            <span className="text-text-2" title={exactly(change.at)}>
              {t.when(when(change.at, now))}
            </span>
          </p>
          <p className="text-12 text-text-2">{words.join(', ')}</p>
        </div>
        <Link
          to="/instances/$instanceId"
          params={{ instanceId: id }}
          search={{}}
          className="btn default flex-none"
          aria-label={t.seeOne(name)}
        >
          {t.see}
        </Link>
      </li>
    )
  })
}
