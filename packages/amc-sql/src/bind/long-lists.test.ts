import { expect, test } from 'vitest'
import { threadTime } from '../../test/growth-of-time.ts'
import { bind } from '../bind.ts'
import { applyEdits } from '../edits.ts'
import { toTemplateRange } from '../source-map.ts'
import type { ParameterDeclaration, ParameterValue } from '../parameters.ts'

const ids = Array.from({ length: 101 }, (_, at) => `B${at}`)
const rows = ids.map((id) => `('${id}')`).join(', ')
const asins: ParameterDeclaration = { name: 'asins', type: 'STRING', list: true, whenEmpty: 'all' }

function bound(template: string, value: ParameterValue = ids, declarations: ParameterDeclaration[] = []) {
  const result = bind(template, declarations, { asins: value, more: ids })
  if (!result.ok) throw new Error(result.diagnostics.map((one) => one.message).join('; '))
  return { ...result, short: result.text.replaceAll(rows, '…') }
}

test.each([
  [
    'SELECT a FROM t WHERE a IN {{asins}}',
    'WITH asins_list (listed) AS (VALUES …)\nSELECT a FROM t WHERE a IN (SELECT listed FROM asins_list)',
  ],
  [
    'SELECT a FROM t WHERE a NOT IN ({{asins}})',
    'WITH asins_list (listed) AS (VALUES …)\nSELECT a FROM t WHERE a NOT IN (SELECT listed FROM asins_list)',
  ],
  [
    '-- c\nWITH b AS (SELECT a FROM t WHERE a IN {{asins}}) SELECT a FROM b WHERE a IN {{asins}}',
    '-- c\nWITH asins_list (listed) AS (VALUES …),\nb AS (SELECT a FROM t WHERE a IN (SELECT listed FROM asins_list)) SELECT a FROM b WHERE a IN (SELECT listed FROM asins_list)',
  ],
  [
    'SELECT a FROM asins_list WHERE a IN {{asins}} OR a IN {{more}}',
    'WITH asins_list_2 (listed) AS (VALUES …),\nmore_list (listed) AS (VALUES …)\nSELECT a FROM asins_list WHERE a IN (SELECT listed FROM asins_list_2) OR a IN (SELECT listed FROM more_list)',
  ],
])('F-42: a list of more than 100 values is sent as a WITH part: %s', (template, expected) => {
  expect(bound(template).short).toBe(expected)
})

test('F-42: it is said which form was chosen, once, with the edit that writes it into the template', () => {
  const template = 'SELECT a FROM t WHERE a IN {{asins}} OR b IN {{asins}}'
  const { diagnostics, text } = bound(template)
  expect(diagnostics).toMatchObject([
    {
      code: 'AMC042',
      severity: 'info',
      from: 27,
      message: 'asins has 101 values: they are sent as the WITH part asins_list, which IN reads',
    },
  ])
  const [fix] = diagnostics[0]?.fixes ?? []
  const edited = applyEdits(template, fix?.edits ?? [])
  expect(edited).toBe(
    'WITH asins_list (listed) AS (VALUES {{asins}})\nSELECT a FROM t WHERE a IN (SELECT listed FROM asins_list) OR b IN (SELECT listed FROM asins_list)',
  )
  expect(bound(edited).text).toBe(text)
  // In VALUES an empty list could not mean "all".
  expect(bound(template, ids, [asins]).diagnostics[0]?.fixes).toBeUndefined()
})

test('F-42: up to 100 values, and wherever no IN reads them, the values stand in the list itself', () => {
  expect(bound('SELECT a FROM t WHERE a IN {{asins}}', ids.slice(1)).text).not.toContain('VALUES')
  for (const template of [
    "SELECT a FROM t WHERE a IN ({{asins}}, 'x')",
    'SELECT a FROM t WHERE CONTAINED_IN(a, {{asins}})',
    'SELECT a FROM t WHERE ARRAY_CONTAINS(ARRAY[{{asins}}], a)',
  ]) {
    const { diagnostics, text } = bound(template)
    expect(text).toContain("'B0', 'B1'")
    expect(diagnostics.map((one) => one.code)).toEqual(['AMC042'])
  }
  expect(bound('WITH v (a) AS (VALUES {{asins}}) SELECT a FROM v').diagnostics).toEqual([])
  // NULL behaves differently in a list and in a table of the same values.
  expect(bound('SELECT a FROM t WHERE a NOT IN {{asins}}', [...ids, null]).text).toContain('NULL)')
})

test('F-42: a list that another empty list switches off is not sent at all', () => {
  const template = 'SELECT a FROM t WHERE (a IN {{asins}}) = (b IN {{more}})'
  const result = bind(template, [asins], { asins: [], more: ids })
  expect(result).toMatchObject({
    ok: true,
    text: 'SELECT a FROM t WHERE (TRUE) = (b IN (SELECT listed FROM more_list))'.replace(
      /^/,
      `WITH more_list (listed) AS (VALUES ${rows})\n`,
    ),
  })
  const none = bind('SELECT a FROM t WHERE NOT (a IN {{asins}} OR b IN {{more}})', [asins], { asins: [], more: ids })
  expect(none).toMatchObject({ ok: true, text: 'SELECT a FROM t WHERE TRUE' })
})

test('F-42: every place of the WITH part is shown at the placeholder, every other place where it is', () => {
  const template = 'SELECT a FROM t WHERE c = 1 AND a IN {{asins}} AND d = 2'
  const { text, sourceMap } = bound(template)
  const use = { from: template.indexOf('{{'), to: template.indexOf('}}') + 2 }
  const place = (part: string) => ({ from: text.indexOf(part), to: text.indexOf(part) + part.length })
  for (const part of ['WITH', "'B50'", 'VALUES', 'listed FROM'])
    expect(toTemplateRange(sourceMap, place(part))).toEqual(use)
  for (const part of ['SELECT a FROM t', 'c = 1', 'd = 2']) {
    const at = template.indexOf(part)
    expect(toTemplateRange(sourceMap, place(part))).toEqual({ from: at, to: at + part.length })
  }
})

test('100,000 values are bound in well under a second', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => `B${at}`)
  const time = threadTime(() =>
    expect(bound('SELECT a FROM t WHERE a IN {{asins}}', many).text.length).toBeGreaterThan(1_000_000),
  )
  expect(time).toBeLessThan(1_000)
})
