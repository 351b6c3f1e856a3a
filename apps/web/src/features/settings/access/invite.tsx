import { type Role, invitationDays, invite } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { accessQueries } from './access.queries.ts'
import { Secret } from '#ui/secret.tsx'

const t = access.members

/** Makes a link that makes its reader a member. */
export function Invite({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const [role, setRole] = useState<Role>('analyst')
  const [note, setNote] = useState('')
  const make = useMutation({
    mutationFn: () => call(invite, { body: { role, note } }),
    onSuccess: () => client.invalidateQueries({ queryKey: accessQueries.invitations().queryKey }),
  })
  if (make.data !== undefined)
    return (
      <Dialog title={t.inviteTitle} isOpen onClose={onClose}>
        <Secret label={t.link} text={`${location.origin}/join#${make.data.secret}`} help={t.linkOnce} />
        <p className="text-text-2">{t.shareLead}</p>
        <div>
          <Button look="primary" onPress={onClose}>
            {t.done}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={t.inviteTitle} isOpen onClose={onClose}>
      <p className="text-text-2">{t.inviteLead(invitationDays)}</p>
      <Select
        label={t.role}
        value={role}
        onChange={setRole}
        choices={(['viewer', 'analyst', 'owner'] as const).map((value) => ({ value, label: access.roles[value] }))}
      />
      <p className="text-12 text-text-2">{access.roleNotes[role]}</p>
      <Field label={t.note} help={t.noteHelp} value={note} onChange={setNote} maxLength={200} />
      {make.error !== null && <ErrorPanel error={make.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={make.isPending} onPress={() => make.mutate()}>
          {t.make}
        </Button>
        <Button onPress={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  )
}
