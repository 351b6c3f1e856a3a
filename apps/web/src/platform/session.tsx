import type { AnswerOf, CurrentUser, Region } from '@recomamp/contracts'
import { getCurrentUser, login, logout } from '@recomamp/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { call, tabs, tokens } from './api.ts'
import { mayBeSignedIn, rememberSignedIn } from './signed-in-hint.ts'
import type { SessionState } from './tokens.ts'

export interface Session {
  state: SessionState
  /** Null until it is read, and when nobody is signed in. */
  user: CurrentUser | null
  /** Why it is not known yet whether somebody is signed in: the server did not answer. */
  startProblem: unknown
  start: () => void
  /** Sends the browser to the provider; it comes back to `returnTo`. A connection is mended in its own region. */
  signIn: (provider: 'sandbox' | 'amazon', returnTo: string, region?: Region) => Promise<void>
  signOut: () => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

export const sessionQueries = {
  user: () =>
    queryOptions({ queryKey: ['session', 'user'], queryFn: ({ signal }) => call(getCurrentUser, { signal }) }),
}

/** Asks for the session at once, beside the loading of the page; SessionProvider takes up the answer. */
export function beginSession(): void {
  if (mayBeSignedIn()) tokens.renew(null).catch(() => {})
  else tokens.end('signed-out')
}

/** Provides who is signed in, once for the whole app (S-015). */
export function SessionProvider({ children }: { children: ReactNode }) {
  const state = useSyncExternalStore(tokens.subscribe, tokens.state)
  const [startProblem, setStartProblem] = useState<unknown>(null)
  const start = useCallback(() => {
    setStartProblem(null)
    tokens.renew(null).catch(setStartProblem)
  }, [])
  useEffect(() => {
    if (mayBeSignedIn()) tokens.renew(null).catch(setStartProblem)
  }, [])
  useEffect(() => {
    if (state !== 'starting') rememberSignedIn(state !== 'signed-out')
  }, [state])
  const { data } = useQuery({ ...sessionQueries.user(), enabled: state === 'signed-in' })
  const session = useMemo<Session>(
    () => ({ state, user: data ?? null, startProblem, start, signIn, signOut }),
    [state, data, startProblem, start],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('useSession outside SessionProvider')
  return session
}

async function signIn(provider: 'sandbox' | 'amazon', returnTo: string, region?: Region): Promise<void> {
  const body = { provider, returnTo, ...(region === undefined ? {} : { region }) }
  const answer: AnswerOf<typeof login> = await call(login, { body })
  const address = new URL(answer.authorizationUrl)
  // The sandbox knows one person and has nothing to consent to, so its page is answered at once.
  if (provider === 'sandbox') address.searchParams.set('auto_approve', 'ana')
  rememberSignedIn(true)
  location.assign(address)
}

async function signOut(): Promise<void> {
  await call(logout, {})
  tabs.tell({ kind: 'session-over', state: 'signed-out' })
  tokens.end('signed-out')
}
