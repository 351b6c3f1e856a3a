import { randomBytes } from 'node:crypto'

/** Upper-case letters and digits, as in the ids of all recorded answers. */
export function requestId(length: number): string {
  return [...randomBytes(length)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[byte % 36]).join('')
}
