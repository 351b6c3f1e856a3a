import { type WorkspaceMember, signEverybodyOut, signMemberOut } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Switch } from '#ui/switch.tsx'
import { tell } from '#ui/toast.tsx'
import { accessQueries } from './access.queries.ts'

const t = access.members

/** Ends the sessions of a member, or of everybody with null, when it is confirmed. */
export function SignOutQuestion({ member, onClose }: { member: WorkspaceMember | null; onClose: () => void }) {
  const client = useQueryClient()
  const [accessTokens, setAccessTokens] = useState(false)
  const act = useMutation({
    async mutationFn() {
      const body = { accessTokens }
      const ended =
        member === null
          ? await call(signEverybodyOut, { body })
          : await call(signMemberOut, { params: { userId: member.id }, body })
      tell(t.signedOut(ended.sessions, ended.accessTokens))
    },
    async onSuccess() {
      onClose()
      await client.invalidateQueries({ queryKey: accessQueries.all() })
    },
  })
  const title = member === null ? t.signOutAllTitle : t.signOutTitle(member.name ?? member.email ?? access.unknown)
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <p className="text-text-2">{member === null ? t.signOutAllWhat : t.signOutWhat}</p>
      <Switch label={t.alsoTokens} value={accessTokens} onChange={setAccessTokens}>
        {t.alsoTokens}
      </Switch>
      {act.error !== null && <ErrorPanel error={act.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" busy={act.isPending} onPress={() => act.mutate()}>
          {t.confirmSignOut}
        </Button>
        <Button onPress={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  )
}
