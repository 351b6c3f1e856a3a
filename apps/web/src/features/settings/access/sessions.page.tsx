import { Problem, type SessionId, revokeOtherSessions, revokeSession } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { settings } from '#messages/settings.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { tell } from '#ui/toast.tsx'
import { SectionHead } from '../section-head.tsx'
import { accessQueries } from './access.queries.ts'
import { deviceOf } from './device.ts'
import { EndCell } from './end-cell.tsx'

const t = access.sessions

/** Where the person is signed in, and the end of any of it. */
export function SessionsSettings() {
  const client = useQueryClient()
  const now = useNow(60_000)
  const phone = useWidth() === 'phone'
  const list = useInfiniteQuery(accessQueries.sessions())
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: accessQueries.sessions().queryKey }) }
  const end = useMutation({
    ...settled,
    mutationFn: async (sessionId: SessionId) => {
      await call(revokeSession, { params: { sessionId } })
      tell(t.ended(1))
    },
  })
  const endOthers = useMutation({
    ...settled,
    mutationFn: async () => tell(t.ended((await call(revokeOtherSessions, {})).ended)),
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <SectionHead
        title={settings.sections.sessions}
        lead={t.lead}
        actions={
          items.length > 1 && (
            <Button look="danger" busy={endOthers.isPending} onPress={() => endOthers.mutate()}>
              {t.endOthers}
            </Button>
          )
        }
      />
      {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {(end.error ?? endOthers.error) !== null && <Refusal error={end.error ?? endOthers.error} />}
      {list.isPending && <Skeleton label={t.list} rows={3} />}
      {list.data !== undefined && (
        <table className="rows border-line border-t" aria-label={t.list}>
          <colgroup>
            <col />
            {!phone && <col style={{ width: '24%' }} />}
            {!phone && <col style={{ width: '116px' }} />}
            <col style={{ width: '92px' }} />
            {!phone && <col style={{ width: '92px' }} />}
            <col style={{ width: '76px' }} />
          </colgroup>
          <thead>
            <tr>
              <th>{t.columns.device}</th>
              {!phone && <th>{t.columns.workspace}</th>}
              {!phone && <th>{t.columns.address}</th>}
              <th>{t.columns.used}</th>
              {!phone && <th>{t.columns.ends}</th>}
              <th>
                <span className="sr-only">{t.columns.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((session) => {
              const device = deviceOf(session.userAgent)
              return (
                <tr key={session.id}>
                  <td title={session.userAgent ?? ''}>
                    <span className="font-medium">{device}</span>
                    {session.current && <span className="text-text-2"> ({t.current})</span>}
                  </td>
                  {!phone && (
                    <td className="text-text-2" title={session.workspace}>
                      {session.workspace}
                    </td>
                  )}
                  {!phone && <td className="mono text-text-2">{session.address ?? t.noAddress}</td>}
                  <td className="text-text-2" title={exactly(session.lastUsedAt)}>
                    {when(session.lastUsedAt, now)}
                  </td>
                  {!phone && (
                    <td className="text-text-2" title={exactly(session.expiresAt)}>
                      {when(session.expiresAt, now)}
                    </td>
                  )}
                  <EndCell
                    word={t.end}
                    label={t.endOne(device)}
                    busy={end.isPending}
                    onEnd={session.current ? null : () => end.mutate(session.id)}
                  />
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <ShowMore list={list} label={access.showMore} inset="px-4 tablet:px-5">
        {access.more(items.length, list.data?.pages[0]?.total ?? 0)}
      </ShowMore>
    </>
  )
}

/** A sign-in that is too long ago is renewed right here. */
function Refusal({ error }: { error: unknown }) {
  const { user, signIn } = useSession()
  const [problem, setProblem] = useState<unknown>(null)
  const provider = user?.provider ?? 'sandbox'
  const isTooOld = error instanceof Problem && error.type === 'sign-in-too-old'
  return (
    <>
      <ErrorPanel error={problem ?? error} />
      {isTooOld && (
        <div className="px-3 pb-3">
          <Button look="primary" onPress={() => void signIn(provider, '/settings/sessions').catch(setProblem)}>
            {t.again}
          </Button>
        </div>
      )}
    </>
  )
}
