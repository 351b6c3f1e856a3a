import type { Connection } from '@recomamp/contracts'
import { CircleCheck, CircleDot, CircleX } from 'lucide-react'
import { useState } from 'react'
import { instances as t } from '#messages/instances.ts'
import { useSession } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

interface ConnectionHeadProps {
  provider: Connection['provider']
  /** Null when the instance came through somebody else's connection. */
  connection: Connection | null
  count: number
  returnTo: string
}

/** The head of a group of instances: where they come from and whether that still works, in words. */
export function ConnectionHead({ provider, connection, count, returnTo }: ConnectionHeadProps) {
  const { signIn } = useSession()
  const [problem, setProblem] = useState<unknown>(null)
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
        <div className="flex-1" />
        {broken && (
          <Button size="small" onPress={() => void signIn(provider, returnTo).catch(setProblem)}>
            {t.reconnect}
          </Button>
        )}
      </header>
      {(connection?.discoveryError ?? null) !== null && (
        <p role="status" className="bg-warn-tint text-warn text-12 px-4 py-2 tablet:px-6">
          {t.discoveryFailed(connection?.discoveryError ?? '')}
        </p>
      )}
      {problem !== null && <ErrorPanel error={problem} />}
    </>
  )
}
