import { readStored, writeStored } from './stored.ts'

// As the browser came in, before any redirect of ours.
const arrivedAt = location.pathname
const key = 'recomamp.was-signed-in'

/**
 * Whether it is worth asking the server for a session: a newcomer at the front door has none, and the refusal would be the
 * first line of the console. Not a secret and never a token; where in doubt the answer is yes.
 */
export function mayBeSignedIn(): boolean {
  const atTheDoor = arrivedAt === '/' || arrivedAt === '/sign-in'
  if (!atTheDoor || readStored('local', key) !== null) return true
  // Where nothing can be kept, a missing mark says nothing.
  return !writeStored('local', key, null)
}

/** Marks this browser as one where somebody signed in, until sign-out. */
export function rememberSignedIn(signedIn: boolean): void {
  writeStored('local', key, signedIn ? 'yes' : null)
}
