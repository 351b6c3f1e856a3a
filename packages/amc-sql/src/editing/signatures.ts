import { functions } from '../functions/catalogue.ts'
import type { Range } from '../tree.ts'

/** A form in which a function can be called. */
export interface Signature {
  /** `SUBSTRING(text FROM start [FOR count])`. */
  label: string
  /** The places of its parameters in the label. */
  parameters: SignatureParameter[]
  /** How many of the last parameters may be repeated; 0 where the number is fixed. */
  repeated: number
  documentation: string
}

export interface SignatureParameter extends Range {
  name: string
  optional: boolean
}

/** What is called like a function and is none. */
const special: Readonly<Record<string, { signature: string; description: string }>> = {
  CAST: { signature: 'CAST(value AS type)', description: 'The value as another type.' },
  EXTRACT: { signature: 'EXTRACT(unit FROM time)', description: 'A part of a time; DOW counts from 1 = Sunday.' },
  EXTEND_TIME_WINDOW: {
    signature: "EXTEND_TIME_WINDOW('table', 'before', 'after')",
    description:
      "Reads a table in a wider time window: two ISO 8601 durations such as 'P28D', before the start and after the end of the run's window.",
  },
}

const known = new Map<string, readonly Signature[]>()

/** The forms of a function by its upper-case name; none for a name that AMC does not know. */
export function signaturesOf(name: string): readonly Signature[] {
  const read = known.get(name)
  if (read !== undefined) return read
  const entry = functions.get(name)
  const written = special[name] ?? (entry && { signature: entry.signature, description: entry.description })
  const found = written === undefined ? [] : readSignatures(written.signature, written.description)
  known.set(name, found)
  return found
}

/** The names that signature help and completion know besides the functions of AMC. */
export const specialCalls: readonly string[] = Object.keys(special)

function readSignatures(text: string, documentation: string): Signature[] {
  const forms = text.match(/[A-Z_0-9]+\([^()]*\)(?: OVER \([^()]*\))?/g) ?? []
  return forms.map((label) => ({ label, documentation, ...readParameters(label) }))
}

const separator = /(, | FROM | \[?FOR | IN | AS )/

/** Parameters are separated by commas and by the words of calls with a syntax of their own. */
function readParameters(label: string): Pick<Signature, 'parameters' | 'repeated'> {
  const start = label.indexOf('(') + 1
  const inner = label.slice(start, label.indexOf(')'))
  const parameters: SignatureParameter[] = []
  let repeated = 0
  let at = start
  let depth = 0
  for (const piece of inner.split(separator)) {
    // What stands in brackets, the comma included, may be left out.
    const depthBefore = depth
    depth += piece.split('[').length - piece.split(']').length
    const found = /('[^']*'(?: \| '[^']*')*|[A-Za-z*]\w*|…)[\]\s]*\[?$/.exec(piece)
    if (found?.[1] === '…') repeated = label.startsWith('NAMED_ROW') ? 2 : 1
    else if (found?.[1] !== undefined && !separator.test(piece)) {
      const from = at + found.index
      const optional = depthBefore > 0 || piece.trimEnd().endsWith(']')
      parameters.push({ name: found[1].replaceAll("'", ''), optional, from, to: from + found[1].length })
    }
    at += piece.length
  }
  return { parameters, repeated }
}
