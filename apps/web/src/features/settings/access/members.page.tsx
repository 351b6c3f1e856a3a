import { type Role, type WorkspaceMember, changeRole, invite } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowRightLeft, LogOut, Plus, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { settings } from '#messages/settings.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { sessionQueries, useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { exactly, instantDay, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { tell } from '#ui/toast.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { SectionHead } from '../section-head.tsx'
import { accessQueries } from './access.queries.ts'
import { Invitations } from './invitations.tsx'
import { Invite } from './invite.tsx'
import { MemberQuestion, type Question } from './member-question.tsx'
import { SignOutQuestion } from './sign-out-question.tsx'
import { WorkspaceFacts } from './workspace-facts.tsx'

const t = access.members
const roles: readonly Role[] = ['owner', 'analyst', 'viewer']

/** Who shares the workspace, in which role; owners invite, change and remove. */
export function MembersSettings() {
  const client = useQueryClient()
  const { user } = useSession()
  const now = useNow(60_000)
  const width = useWidth()
  const phone = width === 'phone'
  // Beside the rail there is no room for words in the last column.
  const square = width !== 'desk'
  const [isInviting, setInviting] = useState(false)
  const [question, setQuestion] = useState<Question | null>(null)
  const [signingOut, setSigningOut] = useState<WorkspaceMember | 'all' | null>(null)
  const list = useInfiniteQuery(accessQueries.members())
  const change = useMutation({
    mutationFn: async ({ member, role }: { member: WorkspaceMember; role: Role }) => {
      await call(changeRole, { params: { userId: member.id }, body: { role } })
      tell(t.saved(nameOf(member), access.roles[role]))
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: accessQueries.all() })
      await client.invalidateQueries({ queryKey: sessionQueries.user().queryKey })
    },
  })
  if (user === null) return <Skeleton label={settings.sections.members} />
  const isOwner = user.role === 'owner'
  const members = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  return (
    <>
      <SectionHead
        title={settings.sections.members}
        lead={t.lead}
        actions={
          <>
            {isOwner && total > 1 && (
              <Button look="danger" onPress={() => setSigningOut('all')}>
                {t.signOutAll}
              </Button>
            )}
            <Button look="primary" needs={invite} onPress={() => setInviting(true)}>
              <Plus size={14} strokeWidth={1.7} aria-hidden />
              {t.invite}
            </Button>
          </>
        }
      />
      <WorkspaceFacts user={user} />
      {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {change.error !== null && <ErrorPanel error={change.error} />}
      {list.isPending && <Skeleton label={t.list} rows={3} />}
      {members.length > 0 && (
        <table className="rows border-line border-t" aria-label={t.list}>
          <colgroup>
            <col />
            <col style={{ width: phone ? '108px' : '150px' }} />
            {!phone && <col style={{ width: '110px' }} />}
            {!phone && <col style={{ width: '120px' }} />}
            <col style={{ width: square ? '118px' : '320px' }} />
          </colgroup>
          <thead>
            <tr>
              <th>{t.columns.name}</th>
              <th>{t.columns.role}</th>
              {!phone && <th>{t.columns.joined}</th>}
              {!phone && <th>{t.columns.seen}</th>}
              <th>
                <span className="sr-only">{t.columns.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.id}>
                <td title={member.email ?? nameOf(member)}>
                  <span className="font-medium">{nameOf(member)}</span>
                  {member.id === user.id && <span className="text-text-2"> ({access.you})</span>}
                  {!phone && member.email !== null && member.email !== nameOf(member) && (
                    <span className="text-text-2"> {member.email}</span>
                  )}
                </td>
                <td title={access.roleNotes[member.role]}>
                  {isOwner ? (
                    <Select
                      label={t.roleOf(nameOf(member))}
                      labelAt="hidden"
                      plain
                      value={member.role}
                      onChange={(role) => change.mutate({ member, role })}
                      choices={roles.map((value) => ({ value, label: access.roles[value] }))}
                    />
                  ) : (
                    access.roles[member.role]
                  )}
                </td>
                {!phone && (
                  <td className="text-text-2" title={exactly(member.joinedAt)}>
                    {instantDay(member.joinedAt)}
                  </td>
                )}
                {!phone && (
                  <td className="text-text-2" title={member.lastSeenAt === null ? '' : exactly(member.lastSeenAt)}>
                    {member.lastSeenAt === null ? t.never : when(member.lastSeenAt, now)}
                  </td>
                )}
                <td>
                  <span className="flex justify-end gap-1.5">
                    {isOwner && member.id !== user.id && (
                      <>
                        <Button
                          size="small"
                          square={square}
                          aria-label={t.transferOne(nameOf(member))}
                          onPress={() => setQuestion({ kind: 'transfer', member })}
                        >
                          <ArrowRightLeft size={14} strokeWidth={1.7} aria-hidden />
                          {!square && t.transfer}
                        </Button>
                        <Button
                          size="small"
                          square={square}
                          aria-label={t.signOutOne(nameOf(member))}
                          onPress={() => setSigningOut(member)}
                        >
                          <LogOut size={14} strokeWidth={1.7} aria-hidden />
                          {!square && t.signOut}
                        </Button>
                        <Button
                          size="small"
                          look="danger"
                          square={square}
                          aria-label={t.removeOne(nameOf(member))}
                          onPress={() => setQuestion({ kind: 'remove', member })}
                        >
                          <UserMinus size={14} strokeWidth={1.7} aria-hidden />
                          {!square && t.remove}
                        </Button>
                      </>
                    )}
                    {member.id === user.id && total > 1 && (
                      <Button
                        size="small"
                        look="danger"
                        square={square}
                        aria-label={t.leave}
                        onPress={() => setQuestion({ kind: 'leave', member })}
                      >
                        <LogOut size={14} strokeWidth={1.7} aria-hidden />
                        {!square && t.leave}
                      </Button>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={list} label={access.showMore} inset="px-5">
        {access.more(members.length, total)}
      </ShowMore>
      {isOwner && <Invitations />}
      {isInviting && <Invite onClose={() => setInviting(false)} />}
      {signingOut !== null && (
        <SignOutQuestion member={signingOut === 'all' ? null : signingOut} onClose={() => setSigningOut(null)} />
      )}
      {question !== null && <MemberQuestion question={question} onClose={() => setQuestion(null)} />}
    </>
  )
}

function nameOf({ name, email }: WorkspaceMember): string {
  return name ?? email ?? access.unknown
}
