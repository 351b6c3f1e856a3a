import { type WorkspaceMember, leaveWorkspace, removeMember, transferWorkspace } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { access } from '#messages/access.ts'
import { call } from '#platform/api.ts'
import { sessionQueries } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { tell } from '#ui/toast.tsx'
import { accessQueries } from './access.queries.ts'

const t = access.members

export interface Question {
  kind: 'remove' | 'transfer' | 'leave'
  member: WorkspaceMember
}

/** Says what a removal, a hand-over or leaving means, and does it when it is confirmed. */
export function MemberQuestion({ question, onClose }: { question: Question; onClose: () => void }) {
  const client = useQueryClient()
  const { kind, member } = question
  const name = member.name ?? member.email ?? access.unknown
  const act = useMutation({
    mutationFn: async () => {
      const params = { userId: member.id }
      if (kind === 'transfer') await call(transferWorkspace, { params })
      if (kind === 'remove') await call(removeMember, { params })
      if (kind === 'leave') await call(leaveWorkspace, {})
    },
    async onSuccess() {
      onClose()
      // The session ended with the membership, and the page that is shown is of no workspace any more.
      if (kind === 'leave') return location.assign('/sign-in')
      tell(kind === 'remove' ? t.removed(name) : t.saved(name, access.roles.owner))
      await client.invalidateQueries({ queryKey: accessQueries.all() })
      await client.invalidateQueries({ queryKey: sessionQueries.user().queryKey })
    },
  })
  const words = {
    remove: { title: t.removeTitle(name), what: t.removeWhat, confirm: t.confirmRemove },
    transfer: { title: t.transferTitle(name), what: t.transferWhat, confirm: t.confirmTransfer },
    leave: { title: t.leaveTitle, what: t.leaveWhat, confirm: t.confirmLeave },
  }[kind]
  return (
    <Dialog title={words.title} isOpen onClose={onClose}>
      <p className="text-text-2">{words.what}</p>
      {kind !== 'transfer' && member.connections > 0 && (
        <p className="text-text-2">{t.removeConnections(member.connections)}</p>
      )}
      {act.error !== null && <ErrorPanel error={act.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" busy={act.isPending} onPress={() => act.mutate()}>
          {words.confirm}
        </Button>
        <Button onPress={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  )
}
