import type { AnswerOf, CurrentUser, Endpoint, Region, Role, WorkspaceId } from '@recomamp/contracts'
import { enterWorkspace as enter, getCurrentUser, isEnough, login, logout } from '@recomamp/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { shell } from '#messages/shell.ts'
import { call, tabs, tokens } from './api.ts'
import { BlockedContext } from './may.ts'
import { Unreachable } from './http.ts'
import { isSignOutOwed, mayBeSignedIn, noteSignOutOwed, rememberSignedIn } from './signed-in-hint.ts'
import { forgetWork } from './stored.ts'
import type { SessionState } from './tokens.ts'

export interface SignInWish {
  region?: Region
  /** The consent is for this workspace, also where it is shared. */
  connects?: boolean
}

export interface Session {
  state: SessionState
  /** Null until it is read, and when nobody is signed in. */
  user: CurrentUser | null
  /** Why it is not known yet whether somebody is signed in: the server did not answer. */
  startProblem: unknown
  start: () => void
  /** Sends the browser to the provider; it comes back to `returnTo`. A connection is mended in its own region. */
  signIn: (provider: 'sandbox' | 'amazon', returnTo: string, wish?: SignInWish) => Promise<void>
  /** Goes on in another workspace of the person, in every tab. */
  enterWorkspace: (workspaceId: WorkspaceId) => Promise<void>
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
  const somebodyWasHere = useRef(false)
  useEffect(() => {
    if (state === 'starting') return
    rememberSignedIn(state !== 'signed-out')
    if (state === 'signed-out' && somebodyWasHere.current) forgetWork()
    somebodyWasHere.current = state !== 'signed-out'
  }, [state])
  const { data } = useQuery({ ...sessionQueries.user(), enabled: state === 'signed-in' })
  const role = data?.role
  const blocked = useCallback((needs: Endpoint) => blockedFor(role, needs), [role])
  const session = useMemo<Session>(
    () => ({ state, user: data ?? null, startProblem, start, signIn, enterWorkspace, signOut }),
    [state, data, startProblem, start],
  )
  return (
    <SessionContext value={session}>
      <BlockedContext value={blocked}>{children}</BlockedContext>
    </SessionContext>
  )
}

function blockedFor(role: Role | undefined, { role: needed }: Endpoint): string | null {
  if (role === undefined || needed === undefined || isEnough(role, needed)) return null
  return needed === 'owner' ? shell.needed.owner : shell.needed.analyst
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('useSession outside SessionProvider')
  return session
}

async function signIn(provider: 'sandbox' | 'amazon', returnTo: string, wish: SignInWish = {}): Promise<void> {
  if (isSignOutOwed()) await settleSignOut()
  const body = { provider, returnTo, ...wish }
  const answer: AnswerOf<typeof login> = await call(login, { body })
  const address = new URL(answer.authorizationUrl)
  // The sandbox knows one person and has nothing to consent to, so its page is answered at once.
  if (provider === 'sandbox') address.searchParams.set('auto_approve', 'ana')
  rememberSignedIn(true)
  location.assign(address)
}

async function enterWorkspace(workspaceId: WorkspaceId): Promise<void> {
  await call(enter, { params: { workspaceId } })
  beginAnew()
}

/** After the session has gone into another workspace: nothing that any tab shows is of it. */
export function beginAnew(): void {
  tabs.tell({ kind: 'workspace-changed' })
  location.assign('/')
}

/** Also while the server is silent: it then learns of it when the app is opened next, and before anybody signs in. */
async function signOut(): Promise<void> {
  await call(logout, {}).catch((error: unknown) => {
    if (!(error instanceof Unreachable) || !noteSignOutOwed(true)) throw error
  })
  tabs.tell({ kind: 'session-over', state: 'signed-out' })
  tokens.end('signed-out')
}

/** Tells the server of a sign-out that it has not heard of. */
export async function settleSignOut(): Promise<void> {
  await call(logout, {})
  noteSignOutOwed(false)
}
