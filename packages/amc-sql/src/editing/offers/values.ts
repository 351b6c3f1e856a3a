import { functions } from '../../functions/catalogue.ts'
import { timeUnits } from '../../functions/times.ts'
import type { Source } from '../../resolve/resolution.ts'
import { forbidsLiterals } from '../../resolve/thresholds.ts'
import type { Column } from '../../schema.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import { catalogueColumnOf } from '../origin.ts'
import { argumentAt, nameIn, wordBefore, type Place } from '../place.ts'
import type { Asked } from './asked.ts'
import { windowedTables } from './tables.ts'

/** What a text in quotes can hold here: values of the column that it is compared with, or what the call around it takes. */
export function textsAt(asked: Asked): CompletionItem[] {
  const { frame } = asked.place
  if (frame.kind === 'call') {
    const texts = argumentTexts(asked, frame.name.word, argumentAt(asked.place))
    if (texts !== null) return texts
  }
  return columnValues(asked)
}

/** The same outside of quotes, which are put around; and TRUE and FALSE for a column of that type. */
export function literalsAt(asked: Asked): CompletionItem[] {
  const boolean = comparedColumn(asked)?.type === 'BOOLEAN'
  if (boolean) return ['TRUE', 'FALSE'].map((word) => plainItem('value', asked.lower ? word.toLowerCase() : word, 96))
  const texts = textsAt(asked)
  return texts.map((item) => ({ ...item, label: quoted(item.label), insert: quoted(item.insert) }))
}

function quoted(text: string): string {
  return `'${text}'`
}

function columnValues(asked: Asked): CompletionItem[] {
  const column = comparedColumn(asked)
  if (column?.values === undefined || (column.threshold !== null && forbidsLiterals(column.threshold))) return []
  return column.values.map((value, at) =>
    plainItem('value', value.replaceAll("'", "''"), 97 - at * 0.01, { detail: column.name }),
  )
}

const comparing: ReadonlySet<string> = new Set(['=', '<>', '!=', 'LIKE', 'TO'])

/** The column of Amazon's that the value at a place is compared with. */
function comparedColumn(asked: Asked): Column | null {
  const { place } = asked
  const { frame } = place
  if (frame.kind === 'group' && frame.operator === 'IN') {
    const before = frame.at - 1
    const end = place.reading.words[before - 1]?.word === 'NOT' ? before - 2 : before - 1
    return columnEndingAt(asked, end)
  }
  if (frame.kind === 'case' && frame.phase === 'when' && wordBefore(place) === 'WHEN') {
    const from = columnStartingAt(place, frame.at + 1)
    if (from !== -1) return columnEndingAt(asked, from)
  }
  if (frame.kind === 'call' && argumentAt(place) > 0 && wordBefore(place) === ',') {
    const { word } = frame.name
    const opened = place.reading.words.indexOf(frame.opened)
    if (word === 'CONTAINED_IN' || word === 'NULLIF') return columnEndingAt(asked, columnStartingAt(place, opened + 1))
  }
  if (!comparing.has(wordBefore(place))) return null
  let end = place.before - 1
  if (wordBefore(place) === 'TO') end -= 1
  if (place.reading.words[end]?.word === 'NOT') end -= 1
  return columnEndingAt(asked, end)
}

/** The end of the dotted name that begins with a word, -1 where it is none. */
function columnStartingAt(place: Place, at: number): number {
  const { words } = place.reading
  if (words[at]?.kind !== 'name' && words[at]?.kind !== 'quoted-name') return -1
  return words[at + 1]?.word === '.' ? at + 2 : at
}

/** The column of the dotted name that ends with a word. */
function columnEndingAt(asked: Asked, at: number): Column | null {
  const { words, text, resolution } = asked.place.reading
  const name = words[at]
  if (name === undefined || (name.kind !== 'name' && name.kind !== 'quoted-name')) return null
  const qualifier = words[at - 1]?.word === '.' ? words[at - 2] : undefined
  const key = nameIn(text, name).toLowerCase()
  for (const source of asked.sources) {
    if (qualifier !== undefined && source.alias.toLowerCase() !== nameIn(text, qualifier).toLowerCase()) continue
    const found = columnNamed(source, key)
    if (found !== -1) return catalogueColumnOf(resolution, source, found)?.column ?? null
  }
  return null
}

function columnNamed(source: Source, key: string): number {
  return source.relation.index.get(key)?.[0] ?? -1
}

const durations: readonly (readonly [string, string])[] = [
  ['P0D', 'not at all'],
  ['P1D', '1 day'],
  ['P7D', '7 days'],
  ['P14D', '14 days: the window of attribution'],
  ['P28D', '28 days: the look-back of conversions'],
  ['P30D', '30 days'],
  ['P60D', '60 days'],
  ['P90D', '90 days'],
  ['P365D', 'a year'],
  ['P397D', '13 months: all that AMC keeps'],
]

const zones =
  'UTC America/New_York America/Chicago America/Denver America/Los_Angeles Europe/London Europe/Berlin Asia/Tokyo'.split(
    ' ',
  )

/** What a text argument of a call can be; null where the call says nothing about it. */
function argumentTexts(asked: Asked, name: string, at: number): CompletionItem[] | null {
  switch (name) {
    case 'EXTEND_TIME_WINDOW':
      if (at === 0) return windowedTables(asked)
      return durations.map(([label, detail], position) => plainItem('value', label, 90 - position * 0.1, { detail }))
    case 'BUILT_IN_PARAMETER':
      return ['TIME_WINDOW_START', 'TIME_WINDOW_END'].map((label) =>
        plainItem('parameter', label, 95, { detail: "the run's time window" }),
      )
    case 'CUSTOM_PARAMETER':
      return (asked.options.customParameters ?? []).map((parameter) =>
        plainItem('parameter', parameter.name, 95, {
          detail:
            typeof parameter.dataType === 'string'
              ? parameter.dataType
              : `ARRAY<${parameter.dataType.elementDataType}>`,
        }),
      )
    case 'DATE_TRUNC':
      return at === 0 ? unitItems(asked).filter((item) => item.label.toUpperCase() !== 'DOW') : null
    case 'CONVERT_TIME_ZONE_FROM_UTC':
      return at === 1 ? zones.map((zone) => plainItem('value', zone, 90)) : null
    case 'TO_VARBINARY':
    case 'FROM_VARBINARY':
      return at === 1 ? ['hex', 'base64', 'utf-8'].map((encoding) => plainItem('value', encoding, 90)) : null
    default:
      return functions.get(name)?.accepts[at] === 'number' ? [] : null
  }
}

/** The parts of a time, for EXTRACT, DATE_TRUNC and INTERVAL. */
export function unitItems(asked: Asked): CompletionItem[] {
  return timeUnits.map((unit) =>
    plainItem('unit', asked.lower ? unit.toLowerCase() : unit, 95, {
      detail: unit === 'DOW' ? 'weekday, 1 = Sunday' : '',
    }),
  )
}

const castTypes: readonly (readonly [string, string])[] = [
  ['DATE', ''],
  ['TIMESTAMP', ''],
  ['INTEGER', 'up to 2,147,483,647'],
  ['BIGINT', 'whole numbers of 8 bytes'],
  ['DECIMAL(38, 4)', 'exact, with digits before and after the point'],
  ['DOUBLE', ''],
  ['FLOAT', ''],
  ['VARCHAR', 'text'],
  ['CHAR', 'text'],
  ['BOOLEAN', ''],
  ['SMALLINT', 'up to 32,767'],
  ['TINYINT', 'up to 127'],
  ['BINARY', ''],
]

/** The targets of a CAST. */
export function typeItems(asked: Asked): CompletionItem[] {
  return castTypes.map(([label, detail], at) =>
    plainItem('type', asked.lower ? label.toLowerCase() : label, 95 - at * 0.1, { detail }),
  )
}
