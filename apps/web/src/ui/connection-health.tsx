import type { Connection } from '@recomamp/contracts'
import { CircleCheck, CircleDot, CircleX } from 'lucide-react'
import { settings } from '#messages/settings.ts'

const t = settings.connections

/** Whether a connection works, as shape and word. */
export function HealthMark({ connection: { health, reconnectReason } }: { connection: Connection }) {
  const isEnded = reconnectReason === 'disconnected'
  const Icon = health === 'healthy' ? CircleCheck : isEnded ? CircleDot : CircleX
  const tone = health === 'healthy' ? 'text-ok' : isEnded ? 'text-text-2' : 'text-bad'
  return (
    <span className={`font-medium inline-flex items-center gap-1.5 align-middle ${tone}`}>
      <Icon size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
      {isEnded ? t.health.disconnected : t.health[health]}
    </span>
  )
}

/** What a connection is called: its provider, and the region where there is one to tell. */
export function connectionName({ provider, region }: Pick<Connection, 'provider' | 'region'>): string {
  return t.name[provider](t.regions[region])
}

/** Minutes until the access token ends; zero once it has. */
export function minutesLeft({ access }: Connection, now: Date): number {
  return Math.max(0, Math.round((Date.parse(access.endsAt) - now.getTime()) / 60_000))
}

/** Minutes until it is renewed in the background. */
export function minutesToRenewal(connection: Connection, now: Date): number {
  return Math.max(0, minutesLeft(connection, now) - Math.round(connection.access.renewedBeforeEndSeconds / 60))
}
