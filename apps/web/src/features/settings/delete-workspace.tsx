import { type WorkspaceDeletion, deleteWorkspace } from '@recomamp/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { keeping } from '#messages/keeping.ts'
import { beginAnew } from '#platform/session.tsx'
import { bytesInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { workspaceQueries } from './settings.queries.ts'

const t = keeping.deletion

/** Says what a deletion of the workspace takes along and what it does not reach; asks for its name, and leads on. */
export function DeleteWorkspace({ others }: { others: number }) {
  const [isAsking, setAsking] = useState(false)
  const { data, error, refetch } = useQuery(workspaceQueries.deletion())
  return (
    <section aria-labelledby="delete-workspace" className="border-line max-w-[640px] rounded-6 border">
      <div className="flex flex-wrap items-center justify-between gap-3 px-3.5 py-2">
        <h3 id="delete-workspace" className="text-12">
          {t.title}
        </h3>
        {data !== undefined && data.otherOwners.length === 0 && (
          <Button look="danger" size="small" needs={deleteWorkspace} onPress={() => setAsking(true)}>
            {t.open}
          </Button>
        )}
      </div>
      <div className="flex flex-col items-start gap-2 px-3.5 pb-3">
        <p className="text-text-2">{t.lead}</p>
        {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton label={t.reading} rows={3} />}
        {data !== undefined && <Consequences of={data} />}
        {data !== undefined && data.otherOwners.length > 0 && (
          <>
            <p className="text-warn">{t.otherOwners(namesOf(data))}</p>
            <Link to="/settings/$section" params={{ section: 'members' }} search={{}} className="btn default small">
              {t.toMembers}
            </Link>
          </>
        )}
      </div>
      {isAsking && data !== undefined && <Question of={data} others={others} onClose={() => setAsking(false)} />}
    </section>
  )
}

function Question({ of, others, onClose }: { of: WorkspaceDeletion; others: number; onClose: () => void }) {
  const [name, setName] = useState('')
  const remove = useMutation({
    ...workspaceQueries.remove(),
    onSuccess() {
      // The session goes on in another workspace, or has ended with the membership.
      if (others > 0) beginAnew()
      else location.assign('/sign-in?reason=deleted')
    },
  })
  const fits = name.trim() === of.name
  return (
    <Dialog title={t.question(of.name)} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (fits && !remove.isPending) remove.mutate(name)
        }}
      >
        <p className="text-text-2">
          {t.lead} {others > 0 ? t.afterOther : t.afterNone}
        </p>
        <Field label={t.type} help={t.typeHelp(of.name)} value={name} onChange={setName} maxLength={200} />
        {remove.error !== null && <ErrorPanel error={remove.error} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="danger" busy={!fits || remove.isPending || remove.isSuccess}>
            {t.confirm}
          </Button>
          <Button onPress={onClose}>{t.keep}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function Consequences({ of }: { of: WorkspaceDeletion }) {
  const parts = [
    t.queries(of.queries),
    t.executions(of.executions, bytesInWords(of.resultBytes)),
    t.connections(of.connections),
  ]
  const stays = [
    of.openExecutions > 0 && t.running(of.openExecutions),
    of.copiesAtAmc > 0 && t.copies(of.copiesAtAmc),
    t.consent,
  ].filter((line) => line !== false)
  return (
    <dl className="settings-list">
      <dt>{t.goes}</dt>
      <dd className="flex flex-col gap-1">
        <span>{t.members(of.members)}</span>
        <span>{t.goesList(parts.join(', '))}</span>
      </dd>
      <dt>{t.stays}</dt>
      <dd className="flex flex-col gap-1">
        {stays.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </dd>
    </dl>
  )
}

function namesOf({ otherOwners }: WorkspaceDeletion): string {
  return otherOwners.map(({ name, email }) => name ?? email ?? access.unknown).join(' and ')
}
