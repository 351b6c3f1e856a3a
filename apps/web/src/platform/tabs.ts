import type { AppEvent } from '@recomamp/contracts'
import type { AccessToken } from './tokens.ts'

/** What the tabs of one browser tell each other. */
export type TabMessage =
  | { kind: 'token'; token: AccessToken }
  | { kind: 'token-wanted'; stale: string | null }
  | { kind: 'session-over'; state: 'signed-out' | 'ended' }
  | { kind: 'workspace-changed' }
  | { kind: 'event'; event: AppEvent }
  | { kind: 'stream'; open: boolean }

export interface Tabs {
  /** True for the one tab that renews the session and holds the event stream. */
  isLeader(): boolean
  /** Settles when it is known whether another tab leads. */
  decided: Promise<void>
  /** Settles when this tab becomes the leading one. */
  leading: Promise<void>
  tell(message: TabMessage): void
  listen(listener: (message: TabMessage) => void): () => void
}

const name = 'recomamp-session'

/** Joins the tabs of this browser. Without Web Locks (plain HTTP on another machine) each tab leads itself. */
export function joinTabs(): Tabs {
  const channel = new BroadcastChannel(name)
  let leader = false
  const decided = Promise.withResolvers<void>()
  const leading = Promise.withResolvers<void>()
  // A lock is held until the tab goes away; the browser then hands it to the next one.
  const lead = () => {
    leader = true
    decided.resolve()
    leading.resolve()
    return new Promise<never>(() => {})
  }
  if ('locks' in navigator)
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock !== null) return lead()
      decided.resolve()
      void navigator.locks.request(name, lead)
    })
  else void lead()
  return {
    isLeader: () => leader,
    decided: decided.promise,
    leading: leading.promise,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target, it never leaves the origin
    tell: (message) => channel.postMessage(message),
    listen(listener) {
      const receive = (event: MessageEvent<TabMessage>) => listener(event.data)
      channel.addEventListener('message', receive)
      return () => channel.removeEventListener('message', receive)
    },
  }
}
