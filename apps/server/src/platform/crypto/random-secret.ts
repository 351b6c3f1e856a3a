import { createHash, randomBytes } from 'node:crypto'

/** A secret that cannot be guessed (256 bits), behind a mark that tells what it is for. */
export function randomSecret(mark: string): string {
  return `${mark}${randomBytes(32).toString('base64url')}`
}

/** What the database keeps of a random secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
