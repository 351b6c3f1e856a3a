import type { Connection } from '@recomamp/contracts'

/** Long enough for a person on holiday, short enough to be heeded. */
const warnDays = 30
const dayMs = 86_400_000

/** What a connection needs its person for; null while it needs nobody. */
export function noticeOf(
  { health, reconnectReason, consentEndsAt }: Pick<Connection, 'health' | 'reconnectReason' | 'consentEndsAt'>,
  now: Date,
): 'revoked' | 'unreadable' | 'consent-ends' | null {
  // Whoever ended it knows.
  if (reconnectReason === 'disconnected') return null
  if (health === 'needs-reconnect') return reconnectReason ?? 'revoked'
  if (consentEndsAt === null) return null
  return Date.parse(consentEndsAt) - now.getTime() <= warnDays * dayMs ? 'consent-ends' : null
}
