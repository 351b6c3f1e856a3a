import { z } from 'zod'
import { fernetDecrypt, fernetEncrypt } from './fernet.ts'

/** A secret as it may be stored. */
export const EncryptedToken = z.string().startsWith('gAAAA').brand<'EncryptedToken'>()
export type EncryptedToken = z.infer<typeof EncryptedToken>

/** A secret in the clear: lives in memory while a call is made, never in a row or a log (F-32). */
export const PlainToken = z.string().min(1).brand<'PlainToken'>()
export type PlainToken = z.infer<typeof PlainToken>

/** Encrypts with the first key. */
export function encryptToken(token: PlainToken, keys: readonly string[], now: Date): EncryptedToken {
  const [key] = keys
  if (key === undefined) throw new Error('There is no key to encrypt with')
  return EncryptedToken.parse(fernetEncrypt(token, key, now))
}

/** Decrypts with any of the keys; throws a FernetFault. */
export function decryptToken(token: EncryptedToken, keys: readonly string[]): PlainToken {
  return PlainToken.parse(fernetDecrypt(token, keys))
}
