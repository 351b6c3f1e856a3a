import { expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { cursorIn } from '../../test/cursor.ts'
import { functions } from '../functions/catalogue.ts'
import { signatureHelp } from './signature-help.ts'
import { signaturesOf } from './signatures.ts'

/** `NAME: parameter`, the active parameter as it stands in the label. */
function activeAt(marked: string): string | null {
  const { text, offset } = cursorIn(marked)
  const help = signatureHelp(text, offset, amcTables)
  if (help === null) return null
  const signature = help.signatures[help.activeSignature]
  const parameter = signature?.parameters[help.activeParameter ?? -1]
  return `${help.name}: ${parameter === undefined ? '-' : signature?.label.slice(parameter.from, parameter.to)}`
}

test.each([
  ['SELECT SUM(|', 'SUM: number'],
  ['SELECT SUM(clicks|)', 'SUM: number'],
  ['SELECT COALESCE(a, |', 'COALESCE: value'],
  ['SELECT COALESCE(a, b, c, |', 'COALESCE: value'],
  ['SELECT IF(a, |b, c)', 'IF: then'],
  ['SELECT IF(a, b, |c)', 'IF: otherwise'],
  ['SELECT IF(SUM(a|), b, c)', 'SUM: number'],
  ['SELECT IF(SUM(a), b, |c)', 'IF: otherwise'],
  ["SELECT REPLACE('a, b', |", 'REPLACE: part'],
  ["SELECT REPLACE('a, |b', ", 'REPLACE: text'],
  ['SELECT IF((a, b) IN (c), |', 'IF: then'],
  ['SELECT IF(a, CASE WHEN b THEN |', 'IF: then'],
  ['SELECT SUBSTRING(a FROM |', 'SUBSTRING: start'],
  ['SELECT SUBSTRING(a FROM 1 FOR |', 'SUBSTRING: count'],
  ['SELECT SUBSTRING(a, |', 'SUBSTRING: start'],
  ['SELECT TRIM(|', 'TRIM: text'],
  ['SELECT TRIM(BOTH |x FROM y)', 'TRIM: character'],
  ['SELECT TRIM(x| FROM y)', 'TRIM: character'],
  ['SELECT TRIM(BOTH x FROM |y)', 'TRIM: text'],
  ['SELECT POSITION(a IN |', 'POSITION: text'],
  ['SELECT CAST(|a AS DATE)', 'CAST: value'],
  ['SELECT CAST(a AS |', 'CAST: type'],
  ['SELECT EXTRACT(|', 'EXTRACT: unit'],
  ['SELECT EXTRACT(DAY FROM |', 'EXTRACT: time'],
  ['SELECT COUNT(*|)', 'COUNT: *'],
  ['SELECT COUNT(DISTINCT |)', 'COUNT: value'],
  ["SELECT NAMED_ROW('a', x, |", "NAMED_ROW: 'label'"],
  ["SELECT NAMED_ROW('a', x, 'b', |", 'NAMED_ROW: value'],
  ["SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('t', '|", "EXTEND_TIME_WINDOW: 'before'"],
  ['SELECT ROUND(a, 2, |', 'ROUND: -'],
  ['SELECT sum(| FROM dsp_clicks', 'SUM: number'],
])('%s is at %s', (marked, active) => {
  expect(activeAt(marked)).toBe(active)
})

test.each([
  'SELECT SUM(a)|',
  'SELECT |SUM(a)',
  'SELECT (|',
  'SELECT nobody(|',
  'SELECT x FROM (|',
  'SELECT IF(a IN (SELECT |',
  'SELECT 1 -- SUM(|',
])('%s is in no call', (marked) => {
  expect(activeAt(marked)).toBeNull()
})

test('every function with arguments has as many parameters as it takes', () => {
  const odd = [...functions.values()].filter(({ name, least, most }) => {
    const forms = signaturesOf(name)
    if (forms.length === 0) return most > 0
    return !forms.some(({ parameters, repeated }) => {
      const needed = parameters.filter(({ optional }) => !optional).length
      return repeated > 0
        ? most > parameters.length
        : needed === least && (parameters.length === most || name === 'COUNT')
    })
  })
  expect(odd.map(({ name }) => name)).toEqual([])
})
