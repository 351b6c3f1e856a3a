import { Problem } from '@recomamp/contracts'

/** What is known of the session: `starting` until the first renewal was answered, `ended` when one that lived was refused. */
export type SessionState = 'starting' | 'signed-in' | 'signed-out' | 'ended'

export interface AccessToken {
  accessToken: string
  /** Seconds from now. */
  expiresIn: number
  /** Where the session is. */
  workspaceId: string
}

export interface Tokens {
  current(): string | null
  /** A token other than `stale`. All who wait share one renewal; it always settles, by the time limit at the latest. */
  renew(stale: string | null): Promise<string>
  /** Takes a token that another tab has got. */
  adopt(token: AccessToken): void
  /** The session is over, as another tab or the person says. */
  end(state: 'signed-out' | 'ended'): void
  state: () => SessionState
  subscribe: (listener: () => void) => () => void
}

/**
 * Holds the access token, in memory only. `refresh` asks for a new one: a Problem of status 401 means that the session is
 * over, which is said once; any other failure leaves the session as it is, so that an offline hour signs nobody out.
 */
export function createTokens(options: {
  refresh: (stale: string | null) => Promise<AccessToken>
  timeLimitMs?: number
  onToken?: (token: AccessToken) => void
  /** The session has gone on in another workspace: nothing that is shown is of it, and nothing that was begun may go there. */
  onMoved?: () => void
}): Tokens {
  let token: string | null = null
  let workspaceId: string | null = null
  let isMoved = false
  let state: SessionState = 'starting'
  let inFlight: Promise<string> | null = null
  const listeners = new Set<() => void>()

  function change(next: SessionState): void {
    if (state === next) return
    state = next
    for (const listener of listeners) listener()
  }

  function adopt(next: AccessToken): void {
    if (workspaceId !== null && workspaceId !== next.workspaceId) {
      if (!isMoved) options.onMoved?.()
      isMoved = true
      return
    }
    workspaceId = next.workspaceId
    token = next.accessToken
    change('signed-in')
  }

  function end(next: 'signed-out' | 'ended'): void {
    token = null
    change(next)
  }

  async function renewOnce(stale: string | null): Promise<string> {
    try {
      const next = await within(options.timeLimitMs ?? 20_000, options.refresh(stale))
      adopt(next)
      if (isMoved) throw new Problem('workspace-not-found')
      options.onToken?.(next)
      return next.accessToken
    } catch (error) {
      if (error instanceof Problem && error.status === 401) end(state === 'starting' ? 'signed-out' : 'ended')
      throw error
    } finally {
      inFlight = null
    }
  }

  return {
    current: () => token,
    renew(stale) {
      if (token !== null && token !== stale) return Promise.resolve(token)
      if (state === 'ended' || state === 'signed-out')
        return Promise.reject(new Problem(state === 'ended' ? 'session-ended' : 'not-signed-in'))
      inFlight ??= renewOnce(stale)
      return inFlight
    },
    adopt,
    end,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Rejects when the promise has not settled in time, so that nobody waits for ever (F-35). */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The session could not be renewed in time')), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
