import { type InvitationId, withdrawInvitation } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { access } from '#messages/access.ts'
import { call } from '#platform/api.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, instantDay } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { accessQueries } from './access.queries.ts'

const t = access.members

/** The invitations that nobody has accepted yet; nothing where there are none. */
export function Invitations() {
  const client = useQueryClient()
  const phone = useWidth() === 'phone'
  const list = useInfiniteQuery(accessQueries.invitations())
  const withdraw = useMutation({
    mutationFn: (invitationId: InvitationId) => call(withdrawInvitation, { params: { invitationId } }),
    onSettled: () => client.invalidateQueries({ queryKey: accessQueries.invitations().queryKey }),
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error !== null) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
  if (items.length === 0) return null
  return (
    <section aria-labelledby="open-invitations" className="pt-5">
      <h3 id="open-invitations" className="text-12 px-4 pb-2 tablet:px-5">
        {t.invitations}
      </h3>
      {withdraw.error !== null && <ErrorPanel error={withdraw.error} />}
      <table className="rows border-line border-t" aria-labelledby="open-invitations">
        <thead>
          <tr>
            <th>{t.forWhom}</th>
            <th>{t.columns.role}</th>
            {!phone && <th>{t.by}</th>}
            {!phone && <th>{t.ends}</th>}
            <th>
              <span className="sr-only">{t.columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, note, role, invitedBy, expiresAt }) => (
            <tr key={id}>
              <td title={note} className={note === '' ? 'text-text-2' : ''}>
                {note === '' ? t.noNote : note}
              </td>
              <td>{access.roles[role]}</td>
              {!phone && <td className="text-text-2">{invitedBy.name ?? invitedBy.email ?? access.unknown}</td>}
              {!phone && (
                <td className="text-text-2" title={exactly(expiresAt)}>
                  {instantDay(expiresAt)}
                </td>
              )}
              <td>
                <span className="flex justify-end">
                  <Button
                    size="small"
                    busy={withdraw.isPending}
                    aria-label={t.withdrawOne(note === '' ? access.roles[role] : note)}
                    onPress={() => withdraw.mutate(id)}
                  >
                    {t.withdraw}
                  </Button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore list={list} label={access.showMore} inset="px-4 tablet:px-5">
        {access.more(items.length, list.data?.pages[0]?.total ?? 0)}
      </ShowMore>
    </section>
  )
}
