import { byteOrderMark, type ReadText, readTextFile } from '../sources/read-text.ts'
import { codeOf } from '../sources/find-files.ts'
import { writeTextFile } from '../sources/write-text.ts'
import { type CheckedText, type CheckOptions, checkText, mendText } from './check-text.ts'

/** A text to check: a file by its path, or what was read already. */
export interface FileToCheck {
  /** As it is called in a report. */
  name: string
  source: { path: string } | { read: ReadText }
}

export interface FileOptions extends CheckOptions {
  /** Mend first, write the file where that changed it, and report what is left. */
  fix: boolean
}

export type CheckedFile = { name: string } & (({ ok: true } & CheckedText & Mended) | { ok: false; fault: string })

interface Mended {
  /** Findings that were mended. */
  mended: number
  /** The text that the findings speak of, where it was read from no file. */
  text: string | null
}

/** Reads a text, mends it where asked to, and checks it; one that cannot be read or written is an answer too. */
export async function checkFile({ name, source }: FileToCheck, options: FileOptions): Promise<CheckedFile> {
  const read = 'path' in source ? await readTextFile(source.path) : source.read
  if (!read.ok) return { name, ok: false, fault: read.fault }
  const { text, count } = options.fix ? mendText(read.text, options) : { text: read.text, count: 0 }
  if ('path' in source && text !== read.text) {
    try {
      await writeTextFile(source.path, read.hasMark ? byteOrderMark + text : text)
    } catch (error) {
      return { name, ok: false, fault: `the file cannot be written (${codeOf(error)})` }
    }
  }
  return { name, ok: true, ...checkText(text, options), mended: count, text: 'path' in source ? null : text }
}
