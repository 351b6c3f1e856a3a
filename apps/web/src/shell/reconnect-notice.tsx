import type { Connection } from '@recomamp/contracts'
import { useLocation } from '@tanstack/react-router'
import { CalendarClock, Unplug } from 'lucide-react'
import { useState } from 'react'
import { shell } from '#messages/shell.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { dayInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { noticeOf } from './connection-notices.ts'

/** Says on every page that a connection no longer works, or soon will not, and mends it with one press. */
export function ReconnectNotice() {
  const { user } = useSession()
  const now = useNow(3_600_000)
  return (
    <div role="status">
      {(user?.connections ?? [])
        // Nobody else can renew a consent.
        .filter(({ consentedBy }) => consentedBy.id === user?.id)
        .map((connection) => (
          <ConnectionNotice key={connection.id} connection={connection} now={now} />
        ))}
    </div>
  )
}

function ConnectionNotice({ connection, now }: { connection: Connection; now: Date }) {
  const { signIn } = useSession()
  const location = useLocation()
  const [problem, setProblem] = useState<unknown>(null)
  const notice = noticeOf(connection, now)
  if (notice === null) return null
  const { provider, region, consentEndsAt } = connection
  const broken = notice !== 'consent-ends'
  const Icon = broken ? Unplug : CalendarClock
  const words =
    notice === 'consent-ends'
      ? shell.consentEnds(shell.providers[provider], dayInWords((consentEndsAt ?? '').slice(0, 10)))
      : shell.reconnect[notice](shell.providers[provider])
  return (
    <>
      <div className={`flex flex-wrap items-center gap-2 px-4 py-2 ${broken ? 'bg-bad-tint' : 'bg-warn-tint'}`}>
        <Icon size={16} strokeWidth={1.6} aria-hidden className={`flex-none ${broken ? 'text-bad' : 'text-warn'}`} />
        <p className={`text-12 min-w-0 flex-1 ${broken ? 'text-bad' : 'text-warn'}`}>{words}</p>
        <Button size="small" onPress={() => void signIn(provider, location.href, { region }).catch(setProblem)}>
          {shell.reconnectButton}
        </Button>
      </div>
      {problem !== null && <ErrorPanel error={problem} />}
    </>
  )
}
