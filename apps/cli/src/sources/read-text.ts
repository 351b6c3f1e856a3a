import { readFile } from 'node:fs/promises'
import { codeOf } from './find-files.ts'

export type ReadText = { ok: true; text: string; hasMark: boolean } | { ok: false; fault: string }

/** More than any query; a larger file was named by mistake. */
const mostBytes = 64 * 1024 * 1024

/** The text of a file, or in words why it has none. */
export async function readTextFile(path: string): Promise<ReadText> {
  try {
    return decode(await readFile(path))
  } catch (error) {
    return { ok: false, fault: `the file cannot be read (${codeOf(error)})` }
  }
}

/** All of standard input, or in words why it is no text. */
export async function readInput(stdin: NodeJS.ReadStream): Promise<ReadText> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(chunk as Buffer)
  return decode(Buffer.concat(chunks))
}

/** UTF-8 only. A byte order mark at the start is no part of the text, so that columns count as in an editor. */
export function decode(bytes: Uint8Array): ReadText {
  if (bytes.length > mostBytes) return { ok: false, fault: 'it is too large for a query' }
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { ok: false, fault: 'it is UTF-16; save it as UTF-8' }
  if (bytes.includes(0)) return { ok: false, fault: 'it is no text but a binary file' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const hasMark = text.startsWith(byteOrderMark)
    return { ok: true, text: hasMark ? text.slice(1) : text, hasMark }
  } catch {
    return { ok: false, fault: 'it is not UTF-8; save it as UTF-8' }
  }
}

/** The byte order mark that some editors on Windows write. */
export const byteOrderMark = '\uFEFF'
