import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { SessionId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'

export const Session = z.object({
  id: SessionId,
  /** What the browser said of itself. */
  userAgent: z.string().nullable(),
  /** Where it was last used from. */
  address: z.string().nullable(),
  workspace: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant,
  /** When it ends if it is not used. */
  expiresAt: Instant,
  /** The one that asks. */
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** The person's own that still live, in whatever workspace. */
export const listSessions = endpoint({
  method: 'GET',
  path: '/api/sessions',
  summary: "The person's sessions",
  tag: 'sessions',
  role: 'viewer',
  tokens: false,
  query: PageQuery,
  ok: { status: 200, body: page(Session) },
  problems: [],
})

/** How long after a sign-in a person may end other sessions of theirs without signing in again: whoever holds a stolen session cannot
 *  lock its owner out with it. In minutes. */
export const freshSignInMinutes = 15

/** Its access token stops working at once. */
export const revokeSession = endpoint({
  method: 'DELETE',
  path: '/api/sessions/:sessionId',
  summary: 'End one of the own sessions',
  tag: 'sessions',
  role: 'viewer',
  tokens: false,
  params: z.strictObject({ sessionId: SessionId }),
  ok: { status: 204, body: z.undefined() },
  problems: ['session-not-found', 'sign-in-too-old'],
})

export const revokeOtherSessions = endpoint({
  method: 'POST',
  path: '/api/sessions/end-others',
  summary: 'End all own sessions but this one',
  tag: 'sessions',
  role: 'viewer',
  tokens: false,
  ok: { status: 200, body: z.object({ ended: z.number().int().nonnegative() }) },
  problems: ['sign-in-too-old'],
})
