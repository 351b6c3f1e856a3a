import { type Connection, checkConnection } from '@recomamp/contracts'
import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleDot, CircleX } from 'lucide-react'
import { useState } from 'react'
import { instances as t } from '#messages/instances.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { instanceQueries } from './instances.queries.ts'

interface ConnectionHeadProps {
  provider: Connection['provider']
  /** Null when the instance came through somebody else's connection. */
  connection: Connection | null
  count: number
  returnTo: string
}

/** The head of a group of instances: where they come from and whether that still works, in words. */
export function ConnectionHead({ provider, connection, count, returnTo }: ConnectionHeadProps) {
  const { user, signIn } = useSession()
  const [problem, setProblem] = useState<unknown>(null)
  const check = useMutation(instanceQueries.check())
  const broken = connection?.health === 'needs-reconnect'
  return (
    <>
      <header className="bg-sunken border-line text-12 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1 tablet:px-6">
        <h2 className="text-12">{t.connection[provider]}</h2>
        {connection !== null && (
          <span className={`font-medium flex items-center gap-1.5 ${broken ? 'text-bad' : 'text-ok'}`}>
            {broken ? (
              <CircleX size={14} strokeWidth={1.7} aria-hidden />
            ) : (
              <CircleCheck size={14} strokeWidth={1.7} aria-hidden />
            )}
            {t.health[connection.health]}
          </span>
        )}
        {provider === 'sandbox' && (
          <span className="text-text-2 flex items-center gap-1.5">
            <CircleDot size={14} strokeWidth={1.7} aria-hidden className="text-text-3" />
            {t.synthetic}
          </span>
        )}
        <span className="text-text-3">
          {t.inConnection(count)}
          {connection?.discovering && `; ${t.discovering}`}
        </span>
        {connection !== null && <Access connection={connection} />}
        <div className="flex-1" />
        {connection !== null && !broken && (
          <Button
            size="small"
            needs={checkConnection}
            busy={check.isPending || connection.checking}
            onPress={() => check.mutate(connection.id)}
          >
            {connection.checking ? t.testing : t.test}
          </Button>
        )}
        {broken && connection.consentedBy.id === user?.id && (
          <Button
            size="small"
            onPress={() => void signIn(provider, returnTo, { region: connection.region }).catch(setProblem)}
          >
            {t.reconnect}
          </Button>
        )}
      </header>
      {(connection?.checkError ?? null) !== null && (
        <p role="status" className="bg-warn-tint text-warn text-12 px-4 py-2 tablet:px-6">
          {t.checkFailed(connection?.checkError ?? '')}
        </p>
      )}
      {check.error !== null && <ErrorPanel error={check.error} />}
      {(connection?.discoveryError ?? null) !== null && (
        <p role="status" className="bg-warn-tint text-warn text-12 px-4 py-2 tablet:px-6">
          {t.discoveryFailed(connection?.discoveryError ?? '')}
        </p>
      )}
      {problem !== null && <ErrorPanel error={problem} />}
    </>
  )
}

/** When Amazon last took the tokens, and how they are kept fresh. */
function Access({ connection: { checkedAt, access } }: { connection: Connection }) {
  const now = useNow(60_000)
  return (
    <span className="text-text-3">
      {checkedAt !== null && `${t.checked(when(checkedAt, now))}; `}
      {t.access(access.lookedAtEverySeconds / 60, access.renewedBeforeEndSeconds / 60)}
    </span>
  )
}
