import { type CurrentUser, renameWorkspace } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { call } from '#platform/api.ts'
import { sessionQueries, useSession } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { tell } from '#ui/toast.tsx'

const t = access.members

/** What the workspace is called, what the person is in it, and the way to their other ones. */
export function WorkspaceFacts({ user }: { user: CurrentUser }) {
  const client = useQueryClient()
  const { enterWorkspace } = useSession()
  const [name, setName] = useState(user.workspace.name)
  const rename = useMutation({
    mutationFn: () => call(renameWorkspace, { body: { name } }),
    async onSuccess() {
      tell(t.renamed)
      await client.invalidateQueries({ queryKey: sessionQueries.user().queryKey })
    },
  })
  const enter = useMutation({ mutationFn: enterWorkspace })
  const others = user.workspaces.filter(({ id }) => id !== user.workspace.id)
  const isOwner = user.role === 'owner'
  return (
    <section aria-label={t.workspace} className="flex flex-col gap-3 px-4 pb-4 tablet:px-5">
      {(rename.error ?? enter.error) !== null && <ErrorPanel error={rename.error ?? enter.error} />}
      <dl className="settings-list max-w-[760px]">
        <dt>{t.workspace}</dt>
        <dd>
          {isOwner ? (
            <form
              className="flex max-w-[420px] items-center gap-2"
              onSubmit={(event) => {
                event.preventDefault()
                if (name.trim() !== '' && name !== user.workspace.name) rename.mutate()
              }}
            >
              <Field label={t.name} labelAt="hidden" value={name} onChange={setName} maxLength={100} />
              {name !== user.workspace.name && name.trim() !== '' && (
                <Button type="submit" size="small" busy={rename.isPending}>
                  {t.rename}
                </Button>
              )}
            </form>
          ) : (
            user.workspace.name
          )}
        </dd>
        <dt>{t.yourRole}</dt>
        <dd>
          {access.roles[user.role]}
          <span className="text-text-2">. {access.roleNotes[user.role]}</span>
        </dd>
        {others.length > 0 && (
          <>
            <dt>{t.others}</dt>
            <dd className="flex flex-col items-start gap-1.5">
              {others.map(({ id, name: other, role }) => (
                <span key={id} className="flex items-center gap-2">
                  {other} <span className="text-text-2">{access.roles[role]}</span>
                  <Button
                    size="small"
                    busy={enter.isPending}
                    aria-label={t.openOne(other)}
                    onPress={() => enter.mutate(id)}
                  >
                    {t.open}
                  </Button>
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
