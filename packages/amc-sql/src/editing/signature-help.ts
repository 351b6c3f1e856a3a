import type { Schema } from '../schema.ts'
import type { Range } from '../tree.ts'
import type { Frame } from './frames.ts'
import { placeAt } from './place.ts'
import { readingOf } from './reading.ts'
import { signaturesOf, type Signature } from './signatures.ts'

/** The call around a place. `from` to `to` is the name of the function. */
export interface SignatureHelp extends Range {
  name: string
  signatures: readonly Signature[]
  /** The form that the arguments fit so far. */
  activeSignature: number
  /** The parameter of that form which the place belongs to; null where there is none for it. */
  activeParameter: number | null
}

type CallFrame = Frame & { kind: 'call' }

/** The function whose arguments are being written at an offset, and which of them; null outside of calls that AMC knows. Never throws. */
export function signatureHelp(text: string, offset: number, schema: Schema): SignatureHelp | null {
  const place = placeAt(readingOf(text, schema), offset)
  if (place === null) return null
  for (const frame of place.frames.toReversed()) {
    if (frame.kind === 'query') return null
    if (frame.kind !== 'call') continue
    const signatures = signaturesOf(frame.name.word)
    if (signatures.length === 0) continue
    const activeSignature = frame.name.word === 'COUNT' && isStar(text, frame) ? 1 : 0
    const { from, to } = frame.name
    const signature = signatures[activeSignature] ?? signatures[0]
    const activeParameter = signature === undefined ? null : parameterOf(frame, signature, text)
    return { name: frame.name.word, from, to, signatures, activeSignature, activeParameter }
  }
  return null
}

function isStar(text: string, { opened }: CallFrame): boolean {
  return /^\s*\*/.test(text.slice(opened.to, opened.to + 100))
}

function parameterOf(frame: CallFrame, { parameters, repeated }: Signature, text: string): number | null {
  const given = frame.separators.length
  const { length } = parameters
  // TRIM(text) leaves out what stands before FROM.
  if (frame.name.word === 'TRIM' && given === 0) return trimsByWord(frame, text) ? 0 : length - 1
  if (given < length) return given
  if (repeated === 0) return null
  return length - repeated + ((given - length) % repeated)
}

/** TRIM(BOTH x FROM y) and TRIM(x FROM y) name the characters first. */
function trimsByWord({ opened }: CallFrame, text: string): boolean {
  return /^\s*(?:BOTH|LEADING|TRAILING|FROM)\b|^[^(),]*\bFROM\b/i.test(text.slice(opened.to, opened.to + 200))
}
