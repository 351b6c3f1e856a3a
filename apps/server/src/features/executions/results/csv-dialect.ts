import { open } from 'node:fs/promises'

/** AMC's CSV: comma, double quotes, a backslash before a quote inside a quoted field (amc guide; AWS rewrites `\"`). */
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Tells whether a stream of CSV holds a backslash that stands for itself; fed chunk by chunk. */
export function loneBackslashFinder(): { feed(chunk: Uint8Array): void; found(): boolean } {
  let found = false
  let open_ = false
  return {
    feed(bytes) {
      if (found) return
      // A Buffer searches ten times faster than a plain array of bytes.
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      let at = 0
      if (open_ && chunk.length > 0) {
        open_ = false
        if (!isEscapable(chunk[0])) found = true
        at = 1
      }
      for (at = chunk.indexOf(backslash, at); at !== -1; at = chunk.indexOf(backslash, at + 2)) {
        if (at + 1 === chunk.length) {
          open_ = true
          return
        }
        if (!isEscapable(chunk[at + 1])) {
          found = true
          return
        }
      }
    },
    found: () => found || open_,
  }
}

function isEscapable(byte: number | undefined): boolean {
  return byte === quote || byte === backslash
}

/** Doubles the backslashes inside quotes that stand for themselves, because DuckDB would drop them. Cuts may fall anywhere. */
export async function* withEscapedBackslashes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let quoted = false
  let pending = false
  for await (const chunk of chunks) {
    const out = Buffer.allocUnsafe(chunk.length * 2 + 1)
    let length = 0
    for (const byte of chunk) {
      if (pending) {
        pending = false
        out[length++] = isEscapable(byte) ? byte : backslash
        if (isEscapable(byte)) continue
      }
      out[length++] = byte
      if (byte === backslash && quoted) pending = true
      else if (byte === quote) quoted = !quoted
    }
    yield out.subarray(0, length)
  }
}

/** The names in the first record of a CSV file and where the record ends; null for a file without a byte. */
export async function readHeader(path: string): Promise<string[] | null> {
  const file = await open(path)
  try {
    const size = Math.min((await file.stat()).size, headerLimit)
    if (size === 0) return null
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0)
    return parseRecord(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

/** Far above 100 output columns with long names. */
const headerLimit = 1_000_000

/** The fields of the first record of a CSV text. */
export function parseRecord(bytes: Uint8Array): string[] {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const fields: number[][] = [[]]
  let quoted = false
  for (let at = hasMark ? 3 : 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? lineFeed
    if (!quoted && byte === lineFeed) break
    const last = fields[fields.length - 1] ?? []
    if (quoted && byte === backslash && isEscapable(bytes[at + 1])) {
      last.push(bytes[at + 1] ?? backslash)
      at += 1
    } else if (byte === quote) quoted = !quoted
    else if (!quoted && byte === comma) fields.push([])
    else if (quoted || byte !== carriageReturn) last.push(byte)
  }
  return fields.map((field) => Buffer.from(field).toString('utf8'))
}
