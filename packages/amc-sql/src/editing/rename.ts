import { positionAt, type Edit } from '../diagnostic.ts'
import type { ParameterDeclaration } from '../parameters.ts'
import type { Schema } from '../schema.ts'
import type { Range } from '../tree.ts'
import type { Occurrence } from './meaning.ts'
import { isPlainName, spelled } from './names.ts'
import { readingOf, type Reading } from './reading.ts'
import { selectPlaces } from './selects.ts'
import { occurrenceAt, symbolsOf } from './symbols.ts'

/** The edits that rename something everywhere, in the order of the text, or why it cannot be renamed. */
export type Renaming = { ok: true; edits: Edit[] } | Refusal

/** The name that would be renamed, without quotes, and its place at the cursor. */
export type Renamable = ({ ok: true; name: string } & Range) | Refusal

interface Refusal {
  ok: false
  /** In plain words, for the person who asked. */
  reason: string
}

export interface RenameOptions {
  /** Parameters whose names are taken though the text does not use them. */
  declared?: readonly ParameterDeclaration[]
}

/** Whether the name at an offset can be renamed at all, before a new name is asked for. Never throws. */
export function renamableAt(text: string, offset: number, schema: Schema): Renamable {
  const reading = readingOf(text, schema)
  const occurrence = occurrenceAt(reading, offset)
  if (occurrence === null) return refuse('There is no name here that this query defines')
  const name = nameOf(reading, occurrence)
  const { amazons } = symbolsOf(reading)
  const amazon = amazons.get(occurrence.symbol)
  if (amazon?.column === null) return refuse(`${name} is a table of Amazon's; give it an alias in FROM`)
  if (amazon !== undefined)
    return refuse(`${amazon.column.name} is a column of Amazon's table ${amazon.table.name}; give it an alias with AS`)
  if (reading.broken && occurrence.meaning.kind !== 'parameter')
    return refuse('The query has faults of grammar; mend them first, so that every use of the name is found')
  return { ok: true, name, from: occurrence.from, to: occurrence.to }
}

/**
 * Renames what stands at an offset wherever it is used: a WITH part, an alias of FROM or of a select list with its later uses, a name
 * of a column list, a named window, or a `{{parameter}}`. A reserved word is put in quotes; a name that would change the meaning of the
 * query is refused. All uses get one spelling. Never throws.
 */
export function rename(
  text: string,
  offset: number,
  newName: string,
  schema: Schema,
  options: RenameOptions = {},
): Renaming {
  const able = renamableAt(text, offset, schema)
  if (!able.ok) return able
  const reading = readingOf(text, schema)
  const asked = occurrenceAt(reading, offset)
  if (asked === null) return refuse('There is no name here that this query defines')
  const fault =
    asked.meaning.kind === 'parameter' ? parameterFault(reading, newName, able.name, options) : nameFault(newName)
  if (fault !== null) return refuse(fault)
  if (newName === able.name) return { ok: true, edits: [] }
  const edits = symbolsOf(reading)
    .occurrences.filter((occurrence) => occurrence.symbol === asked.symbol)
    .map((occurrence) => ({ from: occurrence.from, to: occurrence.to, text: writtenAs(reading, occurrence, newName) }))
  const clash = asked.meaning.kind === 'parameter' ? null : clashOf(reading, edits, newName, asked)
  return clash === null ? { ok: true, edits } : refuse(clash)
}

function refuse(reason: string): Refusal {
  return { ok: false, reason }
}

function nameOf(reading: Reading, { from, to }: Range): string {
  const written = reading.text.slice(from, to)
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
}

/** Quotes that the old name did not need were somebody's wish. */
function writtenAs(reading: Reading, occurrence: Occurrence, name: string): string {
  if (occurrence.meaning.kind === 'parameter') return name
  const written = reading.text.slice(occurrence.from, occurrence.to)
  const kept = written.startsWith('"') && spelled(nameOf(reading, occurrence)) !== written
  return kept ? `"${name}"` : spelled(name)
}

function nameFault(name: string): string | null {
  if (name === '') return 'A name is missing'
  if (!isPlainName(name)) return 'A name begins with a letter or _ and goes on with letters, digits and _'
  return name.length > 128 ? 'A name has at most 128 characters' : null
}

function parameterFault(reading: Reading, name: string, old: string, { declared }: RenameOptions): string | null {
  if (!/^[A-Za-z]\w*$/.test(name)) return 'A parameter begins with a letter and goes on with letters, digits and _'
  if (name === old) return null
  const used = reading.parameterUses.some((use) => use.name === name)
  const taken = used || declared?.some((one) => one.name === name) === true
  return taken ? `There is a parameter ${name} already` : null
}

/** Why the new name would change what the query means; the renamed text is read again and compared. */
function clashOf(reading: Reading, edits: readonly Edit[], newName: string, asked: Occurrence): string | null {
  const key = newName.toLowerCase()
  const isTable =
    asked.meaning.kind === 'cte' && reading.schema.tables.some((table) => table.name.toLowerCase() === key)
  if (isTable) return `${newName} is a table of Amazon's, which a WITH part of that name would hide`
  const after = readingOf(applied(reading.text, edits), reading.schema)
  if (doubleColumns(after) > doubleColumns(reading)) return `A select list has a column ${newName} already`
  const before = symbolsOf(reading).occurrences
  const now = symbolsOf(after).occurrences
  const partners = new Map<number, number>()
  const taken = new Map<number, number>()
  let shift = 0
  let next = 0
  for (const [at, occurrence] of before.entries()) {
    for (let edit = edits[next]; edit !== undefined && edit.from < occurrence.from; edit = edits[next]) {
      shift += edit.text.length - (edit.to - edit.from)
      next += 1
    }
    const other = now[at]
    const same =
      other !== undefined &&
      other.from === occurrence.from + shift &&
      other.meaning.kind === occurrence.meaning.kind &&
      (partners.get(occurrence.symbol) ?? other.symbol) === other.symbol &&
      (taken.get(other.symbol) ?? occurrence.symbol) === occurrence.symbol
    if (!same) return changes(reading, occurrence, newName)
    partners.set(occurrence.symbol, other.symbol)
    taken.set(other.symbol, occurrence.symbol)
  }
  const isWorse = after.broken || after.resolution.faults.length > reading.resolution.faults.length
  return isWorse || now.length > before.length ? `${newName} is taken here already` : null
}

/** How many output columns share their name with another one of their SELECT. */
function doubleColumns(reading: Reading): number {
  let count = 0
  for (const { select } of selectPlaces(reading).values())
    count += select.relation.columns.length - select.relation.index.size
  return count
}

function changes(reading: Reading, occurrence: Occurrence, newName: string): string {
  const { line } = positionAt(reading.text, occurrence.from)
  return `${newName} is taken: ${nameOf(reading, occurrence)} in line ${line} would mean something else`
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.text
    at = edit.to
  }
  return result + text.slice(at)
}
