import { callable, functions } from '../../functions/catalogue.ts'
import { foreignHint } from '../../functions/foreign.ts'
import type { ParameterDeclaration } from '../../parameters.ts'
import { inferDeclarations } from '../../bind/infer.ts'
import { customParameterType, type CustomParameter } from '../../resolve/custom-parameter.ts'
import { readDuration } from '../../resolve/duration.ts'
import { durationText, typeText } from '../describe.ts'
import type { Reading } from '../reading.ts'
import { signaturesOf } from '../signatures.ts'
import { card, line, type CardBody } from './card.ts'

/** A function, or one of another dialect with what AMC has in its place; null for a name that nobody knows. */
export function callCard(name: string): CardBody | null {
  const [first, ...others] = signaturesOf(name)
  if (first !== undefined) {
    const kind = functions.get(name)?.kind
    const facts = kind === 'aggregate' ? [{ label: 'Kind', value: 'aggregate: one value for each group' }] : []
    return card('function', name, {
      detail: [first, ...others].map(({ label }) => label).join('  ·  '),
      description: first.documentation,
      facts,
    })
  }
  const entry = callable.get(name)
  if (entry !== undefined) return card('function', name, { detail: entry.signature, description: entry.description })
  const instead = foreignHint(name)
  if (instead === undefined) return null
  return card('function', name, {
    detail: 'not a function of AMC',
    facts: [{ label: 'In AMC', value: instead }],
  })
}

/** A `{{name}}`: its declaration, or what the places where it stands ask for. */
export function parameterCard(
  reading: Reading,
  name: string,
  declared: readonly ParameterDeclaration[] | undefined,
): CardBody {
  const uses = reading.parameterUses.filter((use) => use.name === name).length
  const declaration = declared?.find((one) => one.name === name)
  const known = declaration ?? inferDeclarations(reading.text, reading.schema).find((one) => one.name === name)
  const type = known === undefined ? '' : known.list ? `list of ${known.type}` : known.type
  const facts = [{ label: 'Uses', value: String(uses) }]
  if (declaration?.default !== undefined)
    facts.unshift({ label: 'Default', value: JSON.stringify(declaration.default) })
  if (known?.list === true)
    facts.push({
      label: 'Empty list',
      value:
        known.whenEmpty === 'all' ? 'no filter: the condition around it counts as true' : 'an error before sending',
    })
  return card('parameter', name, {
    detail: line(type, declaration === undefined ? 'not declared; the type is what its place asks for' : 'parameter'),
    description: declaration?.description ?? '',
    facts,
  })
}

const keywordTexts: Readonly<Record<string, string>> = {
  TABLE: "TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D')) reads a table in a wider time window than the run's.",
  VALUES:
    'A list of rows; in a WITH part with a column list it is joined like a table, which AMC runs faster than a long IN.',
  UNION:
    'Puts the rows of two queries together; UNION ALL keeps equal rows, UNION removes them. The names come from the first branch.',
  RIGHT: 'AMC has no RIGHT JOIN: change the sides and write LEFT JOIN. RIGHT(text, count) gives the last characters.',
  FULL: 'FULL OUTER JOIN keeps the rows of both sides; COALESCE(a.key, b.key) gives a key for each.',
  SIMILAR:
    'Compares with a Java regular expression, which may match anywhere in the text: ^ and $ bind it to the ends, (?i) ignores case.',
  LIKE: 'Compares with a pattern: % stands for any characters, _ for one. Upper and lower case differ.',
  ORDER:
    'In OVER (…) it orders the rows of a window. At the end of a query Amazon documents no ORDER BY: rank the rows with RANK() instead.',
  LIMIT: 'Amazon documents no LIMIT: rank the rows with RANK() in a subquery and filter the rank.',
  HAVING: 'Filters groups; it may use aggregates and aliases of the select list, but no rank, which wants a subquery.',
  OVER: 'Computes over the rows of a window without grouping them: PARTITION BY divides, ORDER BY orders.',
  PARTITION: 'Divides the rows of a window; without it all rows form one.',
  WINDOW: 'Names a window that several OVER clauses share.',
  USING: 'Joins on columns of the same name on both sides, which are one column afterwards.',
  DISTINCT: 'Each value or row once.',
  BETWEEN: 'Both ends are included.',
  QUALIFY: 'AMC has no QUALIFY: compute the rank in a subquery and filter it outside.',
  CASE: 'The value of the first WHEN that holds; NULL where none does and ELSE is missing.',
  EXCEPT: 'AMC has no EXCEPT: write LEFT JOIN … WHERE … IS NULL.',
  INTERSECT: 'AMC has no INTERSECT: write a join, or IN (SELECT …).',
}

/** A keyword whose meaning in AMC is worth a word; null for the others. */
export function keywordCard(word: string): CardBody | null {
  const description = keywordTexts[word]
  return description === undefined ? null : card('keyword', word, { description })
}

/** A text argument that means more than it says: durations of EXTEND_TIME_WINDOW and the ends of the time window. */
export function textCard(
  call: string,
  at: number,
  value: string,
  customParameters: readonly CustomParameter[] | undefined,
): CardBody | null {
  if (call === 'EXTEND_TIME_WINDOW' && (at === 1 || at === 2)) {
    const duration = readDuration(value)
    if (duration === null)
      return card('value', value, { description: 'This is no ISO 8601 duration; write P28D for 28 days.' })
    const where = at === 1 ? "before the start of the run's time window" : "after the end of the run's time window"
    return card('value', value, { description: `${durationText(duration)} ${where}` })
  }
  if (call === 'CUSTOM_PARAMETER') {
    const parameter = customParameters?.find(({ name }) => name === value)
    if (parameter === undefined) return null
    const { defaultValue } = parameter
    return card('parameter', value, {
      detail: line(typeText(customParameterType(parameter)), 'parameter of AMC'),
      facts: defaultValue === undefined ? [] : [{ label: 'Default', value: JSON.stringify(defaultValue) }],
    })
  }
  if (call !== 'BUILT_IN_PARAMETER') return null
  if (value === 'TIME_WINDOW_START')
    return card('value', value, {
      description: "The start of the run's time window, a TIMESTAMP; EXTEND_TIME_WINDOW does not move it.",
    })
  if (value === 'TIME_WINDOW_END')
    return card('value', value, {
      description: "The end of the run's time window, a TIMESTAMP that no longer belongs to it.",
    })
  return null
}
