import { type Instance, type InstanceRemoval, removeInstance } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Check, Minus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { instance } from '#messages/instance.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { handOverRemoved } from './removed-instance.ts'
import { instanceQueries } from './instances.queries.ts'

const t = instance.remove

/** Takes an instance out of the workspace, after saying what goes and what stays (S-144). */
export function RemoveInstance({ instance: one }: { instance: Instance }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-labelledby="remove-instance" className="border-bad-line max-w-[560px] rounded-6 border px-4 py-3">
      <h2 id="remove-instance" className="text-13">
        {t.title}
      </h2>
      <p className="text-text-2 mb-2">{t.lead}</p>
      <Button look="danger" needs={removeInstance} onPress={() => setOpen(true)}>
        {t.open}
      </Button>
      {isOpen && <Question instance={one} onClose={() => setOpen(false)} />}
    </section>
  )
}

function Question({ instance: one, onClose }: { instance: Instance; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(instanceQueries.removal(one.id))
  const remove = useMutation({
    ...instanceQueries.remove(one.id),
    onSuccess: async () => {
      handOverRemoved(one)
      await navigate({ to: '/instances' })
      // Everything that names it: queries lose it, lists and the switcher no longer offer it.
      client.removeQueries({ queryKey: instanceQueries.detail(one.id).queryKey })
      await client.invalidateQueries()
    },
  })
  const isBusy = (data?.openExecutions ?? 0) > 0
  return (
    <Dialog title={t.question(one.name)} isOpen onClose={onClose}>
      {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton label={t.reading} rows={3} />}
      {data !== undefined && <Removal removal={data} />}
      {isBusy && <p className="text-warn">{t.busy(data?.openExecutions ?? 0)}</p>}
      {remove.error !== null && <ErrorPanel error={remove.error} />}
      <div className="flex flex-wrap gap-2">
        {data !== undefined && !isBusy && (
          <Button look="danger" busy={remove.isPending} onPress={() => remove.mutate()}>
            {t.confirm}
          </Button>
        )}
        <Button onPress={onClose}>{t.keep}</Button>
      </div>
    </Dialog>
  )
}

function Removal({ removal }: { removal: InstanceRemoval }) {
  const { snapshots, copies, queries, executions } = removal
  const stays = [
    executions > 0 && t.executions(executions),
    queries > 0 && t.queries(queries),
    copies > 0 && t.copies(copies),
  ].filter((line) => line !== false)
  return (
    <div className="flex flex-col gap-2">
      <List title={t.goes} icon={<Minus size={14} strokeWidth={1.7} aria-hidden />} lines={[t.snapshots(snapshots)]} />
      {stays.length > 0 && (
        <List title={t.stays} icon={<Check size={14} strokeWidth={1.7} aria-hidden />} lines={stays} />
      )}
      <p className="text-text-2">{t.back}</p>
    </div>
  )
}

function List({ title, icon, lines }: { title: string; icon: ReactNode; lines: readonly string[] }) {
  return (
    <section aria-label={title}>
      <h3 className="text-12">{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line} className="flex items-center gap-2">
            <span className="text-text-3 flex-none">{icon}</span>
            {line}
          </li>
        ))}
      </ul>
    </section>
  )
}
