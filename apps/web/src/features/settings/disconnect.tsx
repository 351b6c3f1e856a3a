import { type Connection, type Disconnection, disconnect } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, CircleSlash } from 'lucide-react'
import { useState } from 'react'
import { settings } from '#messages/settings.ts'
import { sessionQueries } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { connectionName } from '#ui/connection-health.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { tell } from '#ui/toast.tsx'
import { connectionQueries } from './settings.queries.ts'

const t = settings.connections.disconnect
const namedAtMost = 3

/** Says what the end of a connection stops and what stays, before it is pressed; then asks once. */
export function Disconnect({ connection }: { connection: Connection }) {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const { data, error, isPending, refetch } = useQuery(connectionQueries.disconnection(connection.id))
  const name = connectionName(connection)
  const end = useMutation({
    ...connectionQueries.disconnect(connection.id),
    async onSuccess() {
      setAsking(false)
      tell(t.done(name))
      await client.invalidateQueries({ queryKey: sessionQueries.user().queryKey })
      await client.invalidateQueries({ queryKey: connectionQueries.all() })
    },
  })
  return (
    <section aria-labelledby={`disconnect-${connection.id}`} className="border-line max-w-[640px] rounded-6 border">
      <div className="flex flex-wrap items-center justify-between gap-3 px-3.5 py-2">
        <h3 id={`disconnect-${connection.id}`} className="text-12">
          {t.title(name)}
        </h3>
        <Button look="danger" size="small" needs={disconnect} onPress={() => setAsking(true)}>
          {t.open}
        </Button>
      </div>
      <div className="px-3.5 pb-2.5">
        {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {isPending && <Skeleton label={t.reading} rows={3} />}
        {data !== undefined && <Consequences of={data} isAmazon={connection.provider === 'amazon'} />}
      </div>
      {isAsking && (
        <Dialog title={t.question(name)} isOpen onClose={() => setAsking(false)}>
          {data !== undefined && <Consequences of={data} isAmazon={connection.provider === 'amazon'} />}
          <p className="text-text-2">{t.back}</p>
          {end.error !== null && <ErrorPanel error={end.error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="danger" busy={end.isPending} onPress={() => end.mutate()}>
              {t.confirm}
            </Button>
            <Button onPress={() => setAsking(false)}>{t.keep}</Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

function Consequences({ of, isAmazon }: { of: Disconnection; isAmazon: boolean }) {
  const names = of.instances.slice(0, namedAtMost).map(({ name }) => name)
  const more = of.instanceCount - names.length
  const listed = more > 0 ? t.andMore(names.join(', '), more) : names.join(', ')
  const stops = [
    t.tokens,
    of.instanceCount > 0 && t.instances(listed),
    of.openExecutions > 0 && t.running(of.openExecutions),
  ].filter((line) => line !== false)
  const stays = [t.stay(of.queries, of.executions), ...(isAmazon ? [t.consent] : [])]
  const look = { size: 14, strokeWidth: 1.7, 'aria-hidden': true, className: 'text-text-3 mt-[3px] flex-none' } as const
  return (
    <ul className="flex flex-col gap-1">
      {stops.map((line) => (
        <li key={line} className="flex items-start gap-2">
          <CircleSlash {...look} />
          {line}
        </li>
      ))}
      {stays.map((line) => (
        <li key={line} className="flex items-start gap-2">
          <Check {...look} />
          {line}
        </li>
      ))}
    </ul>
  )
}
