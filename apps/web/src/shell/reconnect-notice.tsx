import { useLocation } from '@tanstack/react-router'
import { Unplug } from 'lucide-react'
import { useState } from 'react'
import { shell } from '#messages/shell.ts'
import { useSession } from '#platform/session.tsx'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

/** Says on every page that a connection no longer works, and how to mend it. */
export function ReconnectNotice() {
  const { user, signIn } = useSession()
  const location = useLocation()
  const [problem, setProblem] = useState<unknown>(null)
  const broken = user?.connections.filter((each) => each.health === 'needs-reconnect') ?? []
  return (
    <div role="status">
      {broken.map((connection) => (
        <div key={connection.id} className="bg-bad-tint flex flex-wrap items-center gap-2 px-4 py-2">
          <Unplug size={16} strokeWidth={1.6} aria-hidden className="text-bad flex-none" />
          <p className="text-12 text-bad min-w-0 flex-1">{shell.reconnect(shell.providers[connection.provider])}</p>
          <Button size="small" onPress={() => void signIn(connection.provider, location.href).catch(setProblem)}>
            {shell.reconnectButton}
          </Button>
        </div>
      ))}
      {problem !== null && <ErrorPanel error={problem} />}
    </div>
  )
}
