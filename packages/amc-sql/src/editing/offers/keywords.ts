import type { Select } from '../../tree.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import type { Clause } from '../frames.ts'
import { wordBefore } from '../place.ts'
import { cased, type Asked } from './asked.ts'

/** Keywords that are worth a short word of explanation, or a form with places to fill in. */
const forms: Readonly<Record<string, { insert?: string; detail?: string }>> = {
  CASE: { insert: 'CASE WHEN ${1:condition} THEN ${2:value} ELSE ${3:other} END' },
  IN: { insert: 'IN (${1:values})' },
  'NOT IN': { insert: 'NOT IN (${1:values})' },
  BETWEEN: { insert: 'BETWEEN ${1:low} AND ${2:high}' },
  LIKE: { insert: "LIKE '${1:%}'", detail: '% any characters, _ one' },
  'NOT LIKE': { insert: "NOT LIKE '${1:%}'" },
  'SIMILAR TO': { insert: "SIMILAR TO '${1:pattern}'", detail: 'a Java regular expression, found anywhere' },
  OVER: { insert: 'OVER (PARTITION BY ${1:columns} ORDER BY ${2:column})' },
  ARRAY: { insert: 'ARRAY[${1:values}]' },
  DATE: { insert: "DATE '${1:2026-01-31}'" },
  TIMESTAMP: { insert: "TIMESTAMP '${1:2026-01-31 00:00:00}'" },
  VALUES: { detail: 'a list of rows' },
  'ORDER BY': { detail: 'AMC may refuse it at the end of a query' },
}

export function keywordItems(asked: Asked, words: readonly string[], rank: number): CompletionItem[] {
  return words.map((word, at) => {
    const form = forms[word]
    // The order in which they are named is the order in which they are likely.
    const item = plainItem('keyword', cased(asked, word), rank - at * 0.1, { detail: form?.detail ?? '' })
    return form?.insert === undefined ? item : { ...item, insert: cased(asked, form.insert), snippet: true }
  })
}

/** Words that can begin a value. */
export function operandKeywords(asked: Asked): CompletionItem[] {
  const last = wordBefore(asked.place)
  const words = ['CASE', 'NOT', 'NULL', 'TRUE', 'FALSE', 'ARRAY', 'DATE', 'TIMESTAMP']
  const counts = asked.place.frame.kind === 'call' && last === '('
  if (last === 'SELECT' || (counts && asked.place.frame.kind === 'call' && takesDistinct(asked.place.frame.name.word)))
    return [...keywordItems(asked, ['DISTINCT'], 60), ...keywordItems(asked, words, 38)]
  return keywordItems(asked, words, 38)
}

function takesDistinct(name: string): boolean {
  return name === 'COUNT' || name === 'COLLECT' || name === 'SUM' || name === 'AVG'
}

const comparisons = [
  'IS NOT NULL',
  'IS NULL',
  'IN',
  'NOT IN',
  'LIKE',
  'NOT LIKE',
  'SIMILAR TO',
  'NOT SIMILAR TO',
  'BETWEEN',
  'IS TRUE',
  'IS FALSE',
]

/** Words that compare the value before them. */
export function comparisonKeywords(asked: Asked, rank: number): CompletionItem[] {
  return keywordItems(asked, comparisons, rank)
}

const joins = ['JOIN', 'LEFT JOIN', 'INNER JOIN', 'FULL OUTER JOIN', 'CROSS JOIN']

/** The clauses in their order; each may be followed by any later one. */
const clauseOrder = [
  'FROM',
  ...joins,
  'WHERE',
  'GROUP BY',
  'HAVING',
  'WINDOW',
  'UNION ALL',
  'ORDER BY',
  'LIMIT',
] as const

/** The words that can follow a finished part of a clause; a clause that the SELECT has further on is left out. */
export function followers(asked: Asked, clause: Clause): string[] {
  const select = asked.select?.select.node
  const after = clauseOrder.slice(startAfter(clause))
  const nested = asked.place.frames.filter((frame) => frame.kind === 'query').length > 1
  return after.filter((word) => {
    if (nested && (word === 'ORDER BY' || word === 'LIMIT')) return false
    if (word === 'HAVING' && clause !== 'group') return false
    if (word === 'WINDOW') return false
    if (word === 'GROUP BY' && clause === 'select') return false
    if (clause === 'select' && word !== 'FROM' && word !== 'UNION ALL') return false
    return select === undefined || !has(select, word)
  })
}

function startAfter(clause: Clause): number {
  switch (clause) {
    case 'select':
      return 0
    case 'from':
    case 'on':
      return 1
    case 'where':
      return clauseOrder.indexOf('GROUP BY')
    case 'group':
      return clauseOrder.indexOf('HAVING')
    case 'having':
      return clauseOrder.indexOf('WINDOW')
    case 'window':
    case 'values':
      return clauseOrder.indexOf('UNION ALL')
    case 'order':
      return clauseOrder.indexOf('LIMIT')
    default:
      return clauseOrder.length
  }
}

function has(select: Select, word: string): boolean {
  switch (word) {
    case 'FROM':
      return select.tables.length > 0
    case 'WHERE':
      return select.where !== null
    case 'GROUP BY':
      return select.groupBy.length > 0
    case 'HAVING':
      return select.having !== null
    default:
      return false
  }
}
