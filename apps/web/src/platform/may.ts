import type { Endpoint } from '@recomamp/contracts'
import { createContext, use } from 'react'

/** Why the person's role does not reach for a call, in words; null where it does, and while nobody is known to be signed in. It comes
 *  through context from the session, so that a button brings nothing else of it along. */
export const BlockedContext = createContext<(needs: Endpoint) => string | null>(() => null)

/** As the session says of a call that a control leads to. The server decides; this only shows it beforehand. */
export function useBlocked(needs: Endpoint | undefined): string | null {
  const blocked = use(BlockedContext)
  return needs === undefined ? null : blocked(needs)
}
