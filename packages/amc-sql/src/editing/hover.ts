import type { ParameterDeclaration } from '../parameters.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import type { Token } from '../scan.ts'
import type { Schema } from '../schema.ts'
import { card, type CardBody, type HoverCard } from './cards/card.ts'
import { columnCard, itemCard, listedCard, shortened } from './cards/columns.ts'
import { cteCard, relationCard, tableCard } from './cards/tables.ts'
import { callCard, keywordCard, parameterCard, textCard } from './cards/words.ts'
import { framesAt } from './frames.ts'
import type { Occurrence } from './meaning.ts'
import { lastBefore, readingOf, type Reading } from './reading.ts'
import { occurrenceAt } from './symbols.ts'

export interface HoverOptions {
  /** The declarations of `{{name}}` parameters; without one its type is taken from its place. */
  declared?: readonly ParameterDeclaration[]
  /** The parameters that `CUSTOM_PARAMETER('name')` can read. */
  customParameters?: readonly CustomParameter[]
}

/** What is known of the word at an offset of a text; null where there is nothing to say. Never throws. */
export function hover(text: string, offset: number, schema: Schema, options: HoverOptions = {}): HoverCard | null {
  const reading = readingOf(text, schema)
  const at = lastBefore(reading.words, offset)
  // At the border of two words the one that begins there is meant.
  const touched = [at + 1, at].find((index) => touches(reading.words[index], offset))
  const token = touched === undefined ? undefined : reading.words[touched]
  if (token === undefined || touched === undefined) return null
  const occurrence = occurrenceAt(reading, offset)
  const known = occurrence === null ? null : cardOf(reading, occurrence, options)
  if (occurrence !== null && known !== null) return { ...known, from: occurrence.from, to: occurrence.to }
  const body = wordCard(reading, touched, options)
  return body === null ? null : { ...body, from: token.from, to: token.to }
}

function touches(token: Token | undefined, offset: number): boolean {
  return token !== undefined && token.from <= offset && offset <= token.to
}

function cardOf(reading: Reading, { meaning, from, to }: Occurrence, options: HoverOptions): CardBody | null {
  const { schema } = reading
  switch (meaning.kind) {
    case 'cte':
      return cteCard(meaning.cte)
    case 'table':
      return tableCard(meaning.table, schema, meaning.source)
    case 'relation':
      return relationCard(meaning.source, schema)
    case 'column':
      return columnCard(reading, meaning.source, meaning.index)
    case 'item':
      return itemCard(reading, meaning.item, reading.text.slice(from, to))
    case 'listed':
      return listedCard(meaning.name.text, meaning.relation.columns[meaning.index])
    case 'window':
      return card('window', meaning.window.name.text, {
        detail: 'named window',
        facts: [{ label: 'Stands for', value: shortened(reading, meaning.window.specification) }],
      })
    case 'parameter':
      return parameterCard(reading, meaning.name, options.declared)
  }
}

/** Words that stand for themselves: calls, keywords, and texts that a call gives a meaning. */
function wordCard(reading: Reading, at: number, options: HoverOptions): CardBody | null {
  const token = reading.words[at]
  if (token === undefined) return null
  if (token.kind === 'string') {
    const frame = framesAt(reading.words, at).at(-1)
    if (frame?.kind !== 'call') return null
    return textCard(
      frame.name.word,
      frame.separators.length,
      reading.text.slice(token.from + 1, token.to - 1),
      options.customParameters,
    )
  }
  const isCall = reading.words[at + 1]?.word === '('
  const called = isCall || token.word.startsWith('CURRENT_') ? callCard(token.word) : null
  return called ?? (token.kind === 'keyword' || token.word === 'PARTITION' ? keywordCard(token.word) : null)
}
