import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const version = 0x80
const macBytes = 32
/** Version, time, IV. */
const headerBytes = 25
const blockBytes = 16
const clockSkewSeconds = 60

/** Why a token was not opened; the text never holds the token. */
export class FernetFault extends Error {
  override readonly name = 'FernetFault'
}

/** What is wrong with a key, or null: 32 bytes in base64url, of which 16 sign and 16 encrypt. */
export function fernetKeyFault(key: string): string | null {
  return strictBase64Url(key)?.length === 32 ? null : 'must be 32 bytes in base64url'
}

/** A fresh random key. */
export function newFernetKey(): string {
  return padded(randomBytes(32))
}

/** The Fernet token of a text (github.com/fernet/spec); `now` goes into the token, `iv` is random unless a test gives it. */
export function fernetEncrypt(text: string, key: string, now: Date, iv: Buffer = randomBytes(blockBytes)): string {
  const { signKey, encryptKey } = keyParts(key)
  const header = Buffer.alloc(9)
  header.writeUInt8(version)
  header.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 1000)), 1)
  const cipher = createCipheriv('aes-128-cbc', encryptKey, iv)
  const body = Buffer.concat([header, iv, cipher.update(text, 'utf8'), cipher.final()])
  return padded(Buffer.concat([body, createHmac('sha256', signKey).update(body).digest()]))
}

/** The text in a token that one of the keys made; throws a FernetFault. `ttlSeconds` limits its age and its lead on the clock. */
export function fernetDecrypt(
  token: string,
  keys: readonly string[],
  options: { now: Date; ttlSeconds: number } | null = null,
): string {
  const bytes = strictBase64Url(token)
  if (bytes === null) throw new FernetFault('is not base64url')
  if (bytes[0] !== version) throw new FernetFault('has another version')
  const cipherBytes = bytes.length - headerBytes - macBytes
  if (cipherBytes < blockBytes || cipherBytes % blockBytes !== 0) throw new FernetFault('has a wrong length')
  const body = bytes.subarray(0, -macBytes)
  const mac = bytes.subarray(-macBytes)
  const key = keys.map(keyParts).find(({ signKey }) => {
    return timingSafeEqual(createHmac('sha256', signKey).update(body).digest(), mac)
  })
  if (key === undefined) throw new FernetFault('was changed, or made with a key that is not in the list')
  if (options !== null) checkAge(Number(bytes.readBigUInt64BE(1)), options)
  // Node's own padding check looks at every byte of it.
  const decipher = createDecipheriv('aes-128-cbc', key.encryptKey, bytes.subarray(9, headerBytes))
  try {
    const plain = Buffer.concat([decipher.update(body.subarray(headerBytes)), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch (cause) {
    throw new FernetFault('has wrong padding or text', { cause })
  }
}

function checkAge(issued: number, options: { now: Date; ttlSeconds: number }): void {
  const now = Math.floor(options.now.getTime() / 1000)
  if (issued > now + clockSkewSeconds) throw new FernetFault('was issued ahead of the clock')
  if (now > issued + options.ttlSeconds) throw new FernetFault('is too old')
}

function keyParts(key: string): { signKey: Buffer; encryptKey: Buffer } {
  const bytes = strictBase64Url(key)
  if (bytes?.length !== 32) throw new FernetFault('the key is not 32 bytes in base64url')
  return { signKey: bytes.subarray(0, 16), encryptKey: bytes.subarray(16) }
}

/** Node's decoder skips foreign characters without a word, so the alphabet and the padding are checked by spelling it back. */
function strictBase64Url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  const unpadded = bytes.toString('base64url')
  return text === unpadded || text === padded(bytes) ? bytes : null
}

function padded(bytes: Buffer): string {
  const text = bytes.toString('base64url')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}
