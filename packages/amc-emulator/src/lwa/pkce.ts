import { createHash } from 'node:crypto'

/** True when the verifier fits the challenge of the consent, or when none was sent there. `plain` is Amazon's default method. */
export function verifierFits(challenge: string | null, method: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return true
  if (verifier === undefined) return false
  if (method === 'S256') return createHash('sha256').update(verifier).digest('base64url') === challenge
  return verifier === challenge
}
