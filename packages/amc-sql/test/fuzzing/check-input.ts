import {
  applyEdits,
  analyze,
  parse,
  scan,
  type Analysis,
  type Diagnostic,
  type Edit,
  type Schema,
} from '../../src/index.ts'
import { amcText, locateAmcError, readAmcError } from '../../src/amc-errors.ts'
import { complete, definitionAt, hover, outline, referencesAt, rename, signatureHelp } from '../../src/editing/index.ts'
import { fixAll } from '../../src/fix.ts'
import { format, formatEdits } from '../../src/format/format.ts'
import { lower } from '../../src/lower/lower.ts'
import { hints } from '../../src/rules/hints.ts'
import { chance, pick, type Choices } from '../generated/choices.ts'
import { parameterFaults } from './check-parameters.ts'
import { nodesOf } from './nodes.ts'

const window = { start: '2026-05-01T00:00:00', end: '2026-06-01T00:00:00' }
/** Characters up to which a text is looked at in every way; a longer one goes through each function once. */
const closely = 20_000

/**
 * Runs a text through every function of the language, the editor's at `offset`, and answers with what is wrong; each fault names its
 * function. A throw is left to the caller, who knows the input.
 */
export function faultsOf(
  text: string,
  choices: Choices,
  schema: Schema,
  offset = choices.below(text.length + 1),
): string[] {
  const faults: string[] = []
  const say = (where: string, what: string) => void (faults.length < 10 && faults.push(`${where}: ${what}`))
  checkTokens(text, say)
  checkTree(text, say)
  const analysis = analyze(text, schema, { hints })
  checkDiagnostics(text, analysis.diagnostics, say)
  checkFixes(text, analysis, choices, schema, say)
  checkEditing(text, offset, schema, say)
  checkFormat(text, say)
  checkLowering(text, choices, schema, say)
  for (const fault of parameterFaults(text, choices, schema)) say('parameters', fault)
  return faults
}

type Say = (where: string, what: string) => void

function checkTokens(text: string, say: Say): void {
  let at = 0
  for (const { from, to } of scan(text)) {
    if (from !== at || to <= from) say('scan', `a token from ${from} to ${to} behind ${at}`)
    at = to
  }
  if (at !== text.length) say('scan', `the tokens end at ${at} of ${text.length}`)
}

function checkTree(text: string, say: Say): void {
  const { query, diagnostics } = parse(text)
  for (const one of diagnostics) if (!isInside(one, text)) say('parse', `${one.code} at ${one.from} to ${one.to}`)
  if (query === null || text.length > closely) return
  for (const { node, around } of nodesOf(query))
    if (!isInside(node, text)) say('parse', `${String(node.kind)} from ${node.from} to ${node.to}`)
    else if (around !== null && (node.from < around.from || node.to > around.to) && diagnostics.length === 0)
      say('parse', `${String(node.kind)} from ${node.from} to ${node.to} leaves ${around.from} to ${around.to}`)
}

const isInside = ({ from, to }: { from: number; to: number }, text: string) =>
  0 <= from && from <= to && to <= text.length

/** What a message holds where a value was not there. */
const torn = /undefined|NaN|\[object/

function checkDiagnostics(text: string, diagnostics: readonly Diagnostic[], say: Say): void {
  let before = 0
  for (const one of diagnostics) {
    if (!isInside(one, text)) say('analyze', `${one.code} at ${one.from} to ${one.to}`)
    if (one.from < before) say('analyze', `${one.code} at ${one.from} stands behind ${before}`)
    if (one.message === '' || (torn.test(one.message + (one.help ?? '')) && !torn.test(text)))
      say('analyze', `${one.code} says "${one.message}"`)
    before = one.from
  }
  for (const one of diagnostics.slice(0, 5)) {
    const place = locateAmcError(readAmcError(amcText(one, text)), { sqlQuery: text, sourceMap: { fills: [] } })
    if (place !== null && !isInside(place, text)) say('amcText', `${one.code} is led to ${place.from} to ${place.to}`)
  }
}

function checkFixes(text: string, { diagnostics }: Analysis, choices: Choices, schema: Schema, say: Say): void {
  const fixes = diagnostics.flatMap(({ code, fixes = [] }) => fixes.map((fix) => ({ code, fix })))
  for (const { code, fix } of fixes.slice(0, 200)) if (!isOrderly(fix.edits, text)) say('fix', `${code} "${fix.title}"`)
  if (fixes.length === 0) return
  analyze(applyEdits(text, pick(choices, fixes).fix.edits), schema, { hints })
  if (text.length <= closely && chance(choices, 10)) fixAll(text, schema, { hints })
}

/** Edits inside the text, in order, none inside another. */
function isOrderly(edits: readonly Edit[], text: string): boolean {
  const sorted = edits.toSorted((a, b) => a.from - b.from || a.to - b.to)
  return sorted.every((edit, at) => isInside(edit, text) && (at === 0 || (sorted[at - 1]?.to ?? 0) <= edit.from))
}

function checkEditing(text: string, offset: number, schema: Schema, say: Say): void {
  const completions = complete(text, offset, schema)
  for (const [where, range] of [
    ['complete', completions],
    ['hover', hover(text, offset, schema)],
    ['definition', definitionAt(text, offset, schema)],
  ] as const)
    if (range !== null && !(isInside(range, text) && range.from <= offset && offset <= range.to))
      say(where, `${range.from} to ${range.to} at ${offset}`)
  for (const { label, rank } of completions.items)
    if (label === '' || !(rank >= 0 && rank <= 99)) say('complete', `"${label}" with rank ${rank} at ${offset}`)
  signatureHelp(text, offset, schema)
  for (const reference of referencesAt(text, offset, schema))
    if (!isInside(reference, text)) say('references', `${reference.from} to ${reference.to} at ${offset}`)
  const renaming = rename(text, offset, 'another_name', schema)
  if (renaming.ok && !isOrderly(renaming.edits, text)) say('rename', `edits overlap at ${offset}`)
  outline(text, schema)
}

function checkFormat(text: string, say: Say): void {
  const formatted = format(text)
  if (format(formatted) !== formatted) say('format', 'a second time changes it again')
  if (applyEdits(text, formatEdits(text)) !== formatted) say('format', 'the edits make another text')
  const [before, after] = [solid(text), solid(formatted)]
  if (before.length !== after.length || before.some((one, at) => one !== after[at]))
    say('format', 'tokens have changed')
}

/** The tokens that are no white space; words, whose case may change, in upper case. */
function solid(text: string): string[] {
  return scan(text)
    .filter((token) => token.kind !== 'space')
    .map((token) => (token.word === '' ? text.slice(token.from, token.to) : token.word))
}

const privacies = [
  null,
  { behavior: 'REMOVE_ROWS' },
  { behavior: 'REMOVE_VALUES', discriminatorColumn: 'd', userCountColumn: 'u', reasonColumn: 'r' },
] as const

/** What the validator accepts is lowered, or refused with the one code for what the local engine cannot do. */
function checkLowering(text: string, choices: Choices, schema: Schema, say: Say): void {
  const privacy = pick(choices, privacies)
  const lowered = lower(text, { schema, window, privacy })
  if (lowered.ok) return
  for (const one of lowered.diagnostics)
    if (!isInside(one, text)) say('lower', `${one.code} at ${one.from} to ${one.to}`)
  const [refusal] = lowered.diagnostics
  if (refusal?.code === 'syntax' || refusal?.code === 'lexical') return
  const { diagnostics } = analyze(text, schema, { placeholders: false, audience: false, customParameters: [] })
  const isAccepted = !diagnostics.some(({ severity }) => severity === 'error')
  for (const one of lowered.diagnostics)
    if (isAccepted && one.code !== 'not-lowered') say('lower', `accepted, but ${one.code} ${one.message}`)
  if (isAccepted && lowered.diagnostics.length === 0) say('lower', 'accepted, but refused without a word')
}
