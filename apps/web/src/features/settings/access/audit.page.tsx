import { AuditAction, type AuditEntry, type UserId, exportAudit } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { settings } from '#messages/settings.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { saveBlob } from '#platform/save-file.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { SectionHead } from '../section-head.tsx'
import { accessQueries } from './access.queries.ts'

const t = access.audit

/** Who did what to what, and from where; for owners. */
export function AuditSettings() {
  const now = useNow(60_000)
  const phone = useWidth() === 'phone'
  const [action, setAction] = useState<AuditAction | 'any'>('any')
  const [person, setPerson] = useState<UserId | 'any'>('any')
  const filter = {
    ...(action === 'any' ? {} : { action }),
    ...(person === 'any' ? {} : { person }),
  }
  const members = useInfiniteQuery(accessQueries.members())
  const list = useInfiniteQuery(accessQueries.audit(filter))
  const save = useMutation({
    mutationFn: async () => {
      const lines = await call(exportAudit, { body: filter })
      if (lines instanceof Blob) saveBlob(`audit-${new Date().toISOString().slice(0, 10)}.ndjson`, lines)
    },
  })
  const entries = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const people = members.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <SectionHead
        title={settings.sections.audit}
        lead={t.lead}
        actions={
          <Button needs={exportAudit} busy={save.isPending} onPress={() => save.mutate()}>
            <Download size={14} strokeWidth={1.7} aria-hidden />
            {t.export}
          </Button>
        }
      />
      <div className="flex flex-wrap gap-2 px-4 pb-3 tablet:px-5">
        <Select
          label={t.action}
          labelAt="inside"
          value={action}
          onChange={setAction}
          choices={[
            { value: 'any' as const, label: t.anyAction },
            ...AuditAction.options.map((value) => ({ value, label: t.actions[value] })),
          ]}
        />
        <Select
          label={t.person}
          labelAt="inside"
          value={person}
          onChange={setPerson}
          choices={[
            { value: 'any' as const, label: t.anybody },
            ...people.map(({ id, name, email }) => ({ value: id, label: name ?? email ?? access.unknown })),
          ]}
        />
      </div>
      {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {save.error !== null && <ErrorPanel error={save.error} />}
      {list.isPending && <Skeleton label={t.list} />}
      {list.data !== undefined && entries.length === 0 && <EmptyState>{t.empty}</EmptyState>}
      {entries.length > 0 && (
        <table className="rows border-line border-t" aria-label={t.list}>
          <thead>
            <tr>
              <th>{t.columns.at}</th>
              <th>{t.columns.who}</th>
              <th>{t.columns.what}</th>
              {!phone && <th>{t.columns.object}</th>}
              {!phone && <th>{t.columns.from}</th>}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td className="text-text-2" title={exactly(entry.at)}>
                  {when(entry.at, now)}
                </td>
                <td title={whoOf(entry)}>{whoOf(entry)}</td>
                <td title={t.actions[entry.action]}>{t.actions[entry.action]}</td>
                {!phone && (
                  <td className={entry.object.name === null ? 'mono text-text-2' : ''} title={titleOf(entry)}>
                    {entry.object.name ?? entry.object.id}
                  </td>
                )}
                {!phone && (
                  <td className="mono text-text-2" title={entry.userAgent ?? ''}>
                    {entry.address}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={list} label={t.showMore} inset="px-5">
        {t.more(entries.length, total)}
      </ShowMore>
    </>
  )
}

function whoOf({ person, via }: AuditEntry): string {
  const name = person.name ?? access.unknown
  return via.kind === 'token' ? t.by(name, via.name ?? '') : name
}

/** Everything that the row has no room for. */
function titleOf({ object, detail }: AuditEntry): string {
  const more = Object.entries(detail).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return [`${object.kind} ${object.id}`, ...more].join('\n')
}
