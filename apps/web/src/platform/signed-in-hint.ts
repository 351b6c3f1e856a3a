import { readStored, writeStored } from './stored.ts'

// As the browser came in, before any redirect of ours.
const arrivedAt = location.pathname
const key = 'recomamp.was-signed-in'

/**
 * Whether it is worth asking the server for a session: a newcomer at the front door has none, and the refusal would be the
 * first line of the console. Not a secret and never a token; where in doubt the answer is yes.
 */
export function mayBeSignedIn(): boolean {
  if (isSignOutOwed()) return false
  const atTheDoor = arrivedAt === '/' || arrivedAt === '/sign-in'
  if (!atTheDoor || readStored('local', key) !== null) return true
  // Where nothing can be kept, a missing mark says nothing.
  return !writeStored('local', key, null)
}

/** Marks this browser as one where somebody signed in, until sign-out. */
export function rememberSignedIn(signedIn: boolean): void {
  writeStored('local', key, signedIn ? 'yes' : null)
}

const owed = 'recomamp.sign-out-owed'

/** Whether somebody signed out while the server was silent, so that the session still lives there. */
export function isSignOutOwed(): boolean {
  return readStored('local', owed) !== null
}

/** Answers whether it could be noted. */
export function noteSignOutOwed(isOwed: boolean): boolean {
  return writeStored('local', owed, isOwed ? 'yes' : null)
}
