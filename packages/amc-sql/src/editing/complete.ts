import type { Schema } from '../schema.ts'
import type { CompletionItem, CompletionKind, Completions } from './completion.ts'
import type { Clause } from './frames.ts'
import { cased, type Asked, type CompleteOptions } from './offers/asked.ts'
import { functionItems } from './offers/calls.ts'
import {
  aliasesInScope,
  columnsInScope,
  columnsOf,
  columnsOutOfScope,
  outputsInScope,
  relationsInScope,
  wholeGrouping,
} from './offers/columns.ts'
import { joinItems, sharedColumns } from './offers/joins.ts'
import { comparisonKeywords, followers, keywordItems, operandKeywords } from './offers/keywords.ts'
import { openParameter, parameterValues } from './offers/parameters.ts'
import { conditionSnippets, itemSnippets, partSnippet, statementSnippets } from './offers/snippets.ts'
import { tableItems } from './offers/tables.ts'
import { literalsAt, textsAt, typeItems, unitItems } from './offers/values.ts'
import { plainItem } from './completion.ts'
import { argumentAt, isCompared, placeAt, wantsOperand, wordBefore, type Place } from './place.ts'
import { lastBefore, readingOf, writesLowerCase } from './reading.ts'
import { selectPlaces } from './selects.ts'

/**
 * What can be written at an offset of a text, the best first; never throws, also in the middle of broken text. Inside comments, numbers
 * and where a new name is invented there is nothing to offer.
 */
export function complete(text: string, offset: number, schema: Schema, options: CompleteOptions = {}): Completions {
  const place = openPlaceAt(text, offset, schema)
  if (place === null) return { from: offset, to: offset, items: [] }
  const { reading } = place
  const parameter = openParameter(reading, offset, options)
  if (parameter !== null) return sorted(parameter)
  const select = place.query.select === null ? undefined : selectPlaces(reading).get(place.query.select)
  const asked: Asked = {
    place,
    schema,
    options,
    select: select ?? null,
    sources: select?.select.sources ?? [],
    lower: writesLowerCase(reading),
  }
  const items = itemsAt(asked)
  return sorted({
    from: place.word.from,
    to: place.word.to,
    items: place.inside === 'name' ? namesAmong(items) : items,
  })
}

/** The place with the text in quotes closed at the cursor where it was not: it would have swallowed the words behind it. */
function openPlaceAt(text: string, offset: number, schema: Schema): Place | null {
  const place = placeAt(readingOf(text, schema), offset)
  if (place?.inside !== 'text' || !isUnclosed(place)) return place
  return placeAt(readingOf(`${text.slice(0, offset)}'${text.slice(offset)}`, schema), offset)
}

/** A text over several lines, or one behind which the quotes of the line do not pair, was most likely not closed yet. */
function isUnclosed({ reading, offset }: Place): boolean {
  const { text, words } = reading
  const lineBreak = text.indexOf('\n', offset)
  const lineEnd = lineBreak === -1 ? text.length : lineBreak
  for (let at = lastBefore(words, offset - 1) + 1; at < words.length; at += 1) {
    const token = words[at]
    if (token === undefined || token.from >= lineEnd) return false
    if (token.kind === 'string' && (token.fault === 'unterminated-string' || token.to > lineEnd)) return true
  }
  return false
}

/** What can stand in double quotes, which are there already. */
function namesAmong(items: readonly CompletionItem[]): CompletionItem[] {
  const kinds: readonly CompletionKind[] = ['column', 'alias', 'relation', 'table', 'cte']
  return items.filter(({ kind }) => kinds.includes(kind)).map((item) => ({ ...item, insert: item.label }))
}

function sorted(completions: Completions): Completions {
  completions.items.sort((a, b) => b.rank - a.rank)
  return completions
}

function itemsAt(asked: Asked): CompletionItem[] {
  const { place } = asked
  if (place.inside === 'text') return textsAt(asked)
  if (place.qualifier !== null) return columnsOf(asked, place.qualifier)
  if (wordBefore(place) === 'OVER') return [...namedWindows(asked), windowSnippet(asked)]
  const rest = unfinishedOperator(asked)
  if (rest !== null) return rest
  switch (place.frame.kind) {
    case 'names':
      return place.frame.of === 'using' ? sharedColumns(asked) : []
    case 'call':
      return callItems(asked, place.frame.name.word)
    case 'group':
      return groupItems(asked)
    case 'window':
      return windowItems(asked, place.frame.clause)
    case 'case':
      return caseItems(asked)
    case 'array':
      return expressionItems(asked)
    case 'query':
      return clauseItems(asked, place.frame.clause)
  }
}

function clauseItems(asked: Asked, clause: Clause): CompletionItem[] {
  const { place } = asked
  const last = wordBefore(place)
  switch (clause) {
    case 'start':
      return startItems(asked)
    case 'with':
      return withItems(asked)
    case 'select':
      if (last === 'AS') return []
      return wantsOperand(place)
        ? [...expressionItems(asked), ...itemSnippets(asked)]
        : [...keywordItems(asked, ['AS', ...followers(asked, clause)], 92), ...operatorItems(asked, 70)]
    case 'from':
      return fromItems(asked)
    case 'on':
      if (!wantsOperand(place)) return conditionFollowers(asked, clause)
      return [...(last === 'ON' || last === 'AND' ? joinItems(asked) : []), ...expressionItems(asked)]
    case 'where':
    case 'having':
      if (!wantsOperand(place)) return conditionFollowers(asked, clause)
      return [...expressionItems(asked), ...(clause === 'where' && last !== 'BY' ? conditionSnippets(asked) : [])]
    case 'group':
      if (last === 'GROUP') return keywordItems(asked, ['BY'], 95)
      if (!wantsOperand(place)) return keywordItems(asked, followers(asked, clause), 90)
      return [...wholeGrouping(asked), ...expressionItems(asked)]
    case 'window':
      return windowClauseItems(asked)
    case 'order':
      return orderItems(asked)
    case 'values':
      return wantsOperand(place) ? constantItems(asked) : keywordItems(asked, followers(asked, clause), 90)
    case 'limit':
      return []
  }
}

function startItems(asked: Asked): CompletionItem[] {
  const last = wordBefore(asked.place)
  if (last === ')' || last === ';') return []
  const { branch } = asked.place.query
  if (branch) {
    const more = last === 'UNION' ? ['ALL', 'SELECT'] : ['SELECT']
    return keywordItems(asked, more, 95)
  }
  const nested = asked.place.frames.length > 1
  const words = keywordItems(asked, ['SELECT', 'WITH', 'VALUES'], 95)
  return nested ? words : [...words, ...statementSnippets(asked)]
}

function withItems(asked: Asked): CompletionItem[] {
  const { words } = asked.place.reading
  const last = wordBefore(asked.place)
  if (last === 'WITH' || last === ',' || last === 'RECURSIVE') return []
  if (last === 'AS') {
    const insert = cased(asked, '(\n  SELECT ${2:columns}\n  FROM ${1:table}\n)')
    return [plainItem('snippet', cased(asked, '(SELECT …)'), 90, { insert, snippet: true })]
  }
  if (last === ')' && closesQuery(words, asked.place.before)) return keywordItems(asked, ['SELECT'], 95)
  return [partSnippet(asked), ...keywordItems(asked, ['AS'], 89)]
}

/** Whether the `)` closes the query of a WITH part, which AS begins, or its list of columns. */
function closesQuery(words: Place['reading']['words'], at: number): boolean {
  let depth = 0
  for (let index = at; index >= 0; index -= 1) {
    const word = words[index]?.word
    if (word === ')') depth += 1
    if (word === '(') depth -= 1
    if (depth === 0) return words[index - 1]?.word === 'AS'
  }
  return false
}

function fromItems(asked: Asked): CompletionItem[] {
  const { place } = asked
  const last = wordBefore(place)
  if (last === 'FROM' || last === 'JOIN' || last === ',') return tableItems(asked)
  if (last === 'AS' || last === 'USING') return []
  if (last === 'LEFT' || last === 'FULL') return keywordItems(asked, ['JOIN', 'OUTER JOIN'], 95)
  if (last === 'INNER' || last === 'CROSS' || last === 'OUTER') return keywordItems(asked, ['JOIN'], 95)
  const condition = wantsJoinCondition(place) ? ['ON', 'USING'] : []
  return keywordItems(asked, [...condition, ...followers(asked, 'from'), 'AS'], 90)
}

/** A JOIN stands before the place whose ON or USING has not been written. */
function wantsJoinCondition(place: Place): boolean {
  const { words } = place.reading
  let depth = 0
  for (let at = place.before; at >= 0; at -= 1) {
    const word = words[at]?.word
    if (word === ')') depth += 1
    else if (word === '(') depth -= 1
    if (depth < 0) return false
    if (depth > 0) continue
    if (word === 'JOIN') return words[at - 1]?.word !== 'CROSS'
    if (word === 'FROM' || word === 'ON' || word === 'USING' || word === ',') return false
  }
  return false
}

/** Behind a value of a condition: the comparison, and once there is one the next condition or clause. */
function conditionFollowers(asked: Asked, clause: Clause): CompletionItem[] {
  const compared = isCompared(asked.place)
  return [
    ...operatorItems(asked, compared ? 60 : 92),
    ...keywordItems(asked, ['AND', 'OR'], 90),
    ...keywordItems(asked, followers(asked, clause), 88),
  ]
}

/** The rest of an operator of several words; null where none is begun. */
function unfinishedOperator(asked: Asked): CompletionItem[] | null {
  if (wantsOperand(asked.place)) return null
  switch (wordBefore(asked.place)) {
    case 'IS':
      return keywordItems(asked, ['NOT NULL', 'NULL', 'TRUE', 'FALSE'], 95)
    case 'NOT':
      if (wordBefore(asked.place, 1) === 'IS') return keywordItems(asked, ['NULL', 'TRUE', 'FALSE'], 95)
      return keywordItems(asked, ['IN', 'LIKE', 'SIMILAR TO', 'BETWEEN'], 95)
    case 'SIMILAR':
      return keywordItems(asked, ['TO'], 95)
    default:
      return null
  }
}

/** Words behind a finished value. */
function operatorItems(asked: Asked, rank: number): CompletionItem[] {
  const last = wordBefore(asked.place)
  const over = last === ')' ? keywordItems(asked, ['OVER'], rank - 1) : []
  return [...over, ...comparisonKeywords(asked, rank)]
}

function orderItems(asked: Asked): CompletionItem[] {
  if (wordBefore(asked.place) === 'ORDER') return keywordItems(asked, ['BY'], 95)
  if (!wantsOperand(asked.place))
    return keywordItems(asked, ['DESC', 'ASC', 'NULLS LAST', 'NULLS FIRST', ...followers(asked, 'order')], 90)
  if (asked.select !== null && asked.select.query.body.kind === 'union') return outputsInScope(asked)
  return expressionItems(asked)
}

function windowClauseItems(asked: Asked): CompletionItem[] {
  const last = wordBefore(asked.place)
  if (last === 'WINDOW' || last === ',') return []
  return keywordItems(asked, last === ')' ? followers(asked, 'window') : ['AS'], 90)
}

function windowItems(asked: Asked, clause: 'start' | 'partition' | 'order'): CompletionItem[] {
  const last = wordBefore(asked.place)
  if (last === 'PARTITION' || last === 'ORDER') return keywordItems(asked, ['BY'], 95)
  if (clause === 'start') return [...keywordItems(asked, ['PARTITION BY', 'ORDER BY'], 95), ...namedWindows(asked)]
  if (wantsOperand(asked.place)) return expressionItems(asked)
  return keywordItems(asked, clause === 'partition' ? ['ORDER BY'] : ['DESC', 'ASC', 'NULLS LAST', 'NULLS FIRST'], 90)
}

function windowSnippet(asked: Asked): CompletionItem {
  return plainItem('snippet', cased(asked, '(PARTITION BY …)'), 90, {
    insert: cased(asked, '(PARTITION BY ${1:columns} ORDER BY ${2:column})'),
    snippet: true,
    detail: 'a window of its own',
  })
}

function namedWindows(asked: Asked): CompletionItem[] {
  return (asked.select?.select.node.windows ?? []).map(({ name }) =>
    plainItem('alias', name.text, 94, { detail: 'named window' }),
  )
}

function caseItems(asked: Asked): CompletionItem[] {
  const { frame } = asked.place
  if (frame.kind !== 'case') return []
  if (wantsOperand(asked.place)) {
    const begins = wordBefore(asked.place) === 'CASE' ? keywordItems(asked, ['WHEN'], 95) : []
    return [...begins, ...expressionItems(asked)]
  }
  const next = { operand: ['WHEN'], when: ['THEN', 'AND', 'OR'], value: ['WHEN', 'ELSE', 'END'], else: ['END'] }[
    frame.phase
  ]
  return [...keywordItems(asked, next, 92), ...operatorItems(asked, 70)]
}

function callItems(asked: Asked, name: string): CompletionItem[] {
  const { place } = asked
  const last = wordBefore(place)
  const at = argumentAt(place)
  if (name === 'CAST' || name === 'TRY_CAST') {
    if (at > 0) return last === 'AS' ? typeItems(asked) : []
    if (!wantsOperand(place)) return [...keywordItems(asked, ['AS'], 95), ...operatorItems(asked, 60)]
  }
  if (name === 'TABLE') {
    const insert = cased(asked, "EXTEND_TIME_WINDOW('${1:table}', '${2:P28D}', '${3:P0D}')")
    return [plainItem('function', cased(asked, 'EXTEND_TIME_WINDOW'), 95, { insert, snippet: true })]
  }
  if (name === 'EXTRACT' && at === 0) return last === '(' ? unitItems(asked) : keywordItems(asked, ['FROM'], 95)
  if (name === 'EXTEND_TIME_WINDOW') return wantsOperand(place) ? literalsAt(asked) : []
  // The digits of `DECIMAL(18, 4)`.
  if (place.frames.at(-2)?.kind === 'call' && wordBefore(place) !== ',' && isTypeCall(place)) return []
  if (wantsOperand(place)) return [...literalsAt(asked), ...expressionItems(asked)]
  return [
    ...keywordItems(asked, separators(name, at), 92),
    ...operatorItems(asked, 60),
    ...keywordItems(asked, ['AND', 'OR'], 58),
  ]
}

function isTypeCall(place: Place): boolean {
  const around = place.frames.at(-2)
  return around?.kind === 'call' && around.name.word === 'CAST' && around.separators.at(-1)?.word === 'AS'
}

function separators(name: string, at: number): string[] {
  if (name === 'SUBSTRING') return at === 0 ? ['FROM'] : at === 1 ? ['FOR'] : []
  if (name === 'TRIM') return at === 0 ? ['FROM'] : []
  return name === 'POSITION' && at === 0 ? ['IN'] : []
}

function groupItems(asked: Asked): CompletionItem[] {
  const { frame } = asked.place
  if (frame.kind !== 'group') return []
  if (!wantsOperand(asked.place)) return [...keywordItems(asked, ['AND', 'OR'], 88), ...operatorItems(asked, 86)]
  if (frame.operator !== 'IN') return expressionItems(asked)
  const first = wordBefore(asked.place) === '('
  return [...literalsAt(asked), ...(first ? keywordItems(asked, ['SELECT'], 89) : []), ...constantItems(asked)]
}

/** All that a value can begin with. */
function expressionItems(asked: Asked): CompletionItem[] {
  const { place, sources, options } = asked
  if (wordBefore(place) === 'INTERVAL') return []
  const scope = [...columnsInScope(asked), ...aliasesInScope(asked), ...relationsInScope(asked)]
  return [
    ...literalsAt(asked),
    ...scope,
    ...(sources.length === 0 ? columnsOutOfScope(asked.schema) : []),
    ...parameterValues(place.reading, options),
    ...functionItems(asked),
    ...operandKeywords(asked),
  ]
}

/** Values that need no column. */
function constantItems(asked: Asked): CompletionItem[] {
  return [...parameterValues(asked.place.reading, asked.options), ...keywordItems(asked, ['NULL', 'TRUE', 'FALSE'], 50)]
}
