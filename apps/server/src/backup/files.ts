import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** SHA-256 of a file, in hex, and its length. */
export async function checksumOf(path: string): Promise<{ checksum: string; bytes: number }> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1_048_576 }), hash)
  return { checksum: hash.digest('hex'), bytes: (await stat(path)).size }
}

/** Writes lines, gzipped, for nobody else to read; on disk when it ends. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const ended = async function* () {
    for await (const line of lines) yield `${line}\n`
  }
  await pipeline(Readable.from(ended()), createGzip(), createWriteStream(path, { mode: 0o600 }))
  await flush(path)
}

/** The lines of a gzipped file. */
export function readLines(path: string): AsyncIterable<string> {
  const unpacked = createGunzip()
  const lines = createInterface({ input: unpacked, crlfDelay: Infinity })
  // What is wrong with the file ends the reading, which a line reader alone would not tell.
  const read = pipeline(createReadStream(path), unpacked)
  return (async function* () {
    yield* lines
    await read
  })()
}

/** Whatever happens from now on, the file is there. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
