import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bind } from '../bind.ts'
import type { ParameterDeclaration, ParameterType, ParameterValues } from '../parameters.ts'
import { parse } from '../parse.ts'
import { scan } from '../scan.ts'
import { toSentRange, toTemplateRange } from '../source-map.ts'

const troubles =
  `' '' -- /* */ ; 😀 {{p}} {{ }} UPDATE DROP Walter SELECT \\ " % ’ ) ( , CUSTOM_PARAMETER('x') \ud83d \udc00 \0`.split(
    ' ',
  )
troubles.push('\n', '\r\n', '\u00a0', '\u2028', ' ')
const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...troubles)).map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
)
const anyList = fc.array(anyValue, { minLength: 1, maxLength: 4 })

const p: ParameterDeclaration = { name: 'p', type: 'STRING', list: false, whenEmpty: 'error' }
const l: ParameterDeclaration = { name: 'l', type: 'STRING', list: true, whenEmpty: 'error' }

function bound(template: string, values: ParameterValues, declarations = [p, l]) {
  const result = bind(template, declarations, values)
  if (!result.ok) throw new Error(result.diagnostics.map((one) => one.message).join('; '))
  return result
}

/** Every place that takes texts, with what comes back from it, in the order of the text. */
const places: [text: string, back: (p: string, l: string[]) => string[]][] = [
  ['a = {{p}}', (p) => [p]],
  ['a IN {{l}}', (_, l) => l],
  ['a NOT IN ({{l}})', (_, l) => l],
  ["a IN ({{l}}, 'z')", (_, l) => [...l, 'z']],
  ['a IN (VALUES {{l}})', (_, l) => l],
  ['(a, b) IN (VALUES ({{p}}, {{p}}))', (p) => [p, p]],
  ['a LIKE {{p}}', (p) => [p]],
  ["a LIKE '%{{p}}%'", (p) => [`%${p}%`]],
  ["a = '''{{p}}{{p}}'''", (p) => [`'${p}${p}'`]],
  ["a = DATE_TRUNC('{{p}}', b)", (p) => [p]],
  ['ARRAY_CONTAINS(ARRAY[{{l}}], a)', (_, l) => l],
  ['ARRAY_CONTAINS({{l}}, a)', (_, l) => l],
  ['CONTAINED_IN(a, {{l}})', (_, l) => l],
  ['a BETWEEN{{p}}AND{{p}}', (p) => [p, p]],
  ['CASE a WHEN{{p}}THEN{{p}}ELSE{{p}}END = 1', (p) => [p, p, p, '1']],
  ["a IN (SELECT x FROM TABLE(EXTEND_TIME_WINDOW('{{p}}', {{p}}, 'P0D')) e)", (p) => [p, p, 'P0D']],
]
const template = `WITH v (x) AS (VALUES {{l}}) SELECT {{p}} AS q FROM v WHERE ${places.map(([text]) => text).join(' AND ')} AND e = 1`

test('F-11: whatever the value, the text that is sent parses and gives the value back, wherever it stands', () => {
  fc.assert(
    fc.property(anyValue, anyList, (p, l) => {
      const { query, diagnostics } = parse(bound(template, { p, l }).text, { placeholders: false })
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(literals(query)).toEqual([...l, p, ...places.flatMap(([, back]) => back(p, l)), '1'])
    }),
    { numRuns: 400 },
  )
})

/** The values of all literals of a tree, in the order of the text. */
function literals(tree: unknown): string[] {
  const found: { from: number; value: string }[] = []
  const walk = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    if ('kind' in node && node.kind === 'literal') found.push(node as unknown as { from: number; value: string })
    else for (const child of Object.values(node)) walk(child)
  }
  walk(tree)
  return found.toSorted((a, b) => a.from - b.from).map(({ value }) => value)
}

/** Kinds and words of the tokens; literals by their kind alone. */
function shape(text: string): string[] {
  return scan(text, { placeholders: false })
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, word }) => `${kind} ${word}`)
}

test('F-12: whatever the value, nothing of it becomes syntax: the tokens are those of a harmless one', () => {
  fc.assert(
    fc.property(anyValue, anyList, (p, l) => {
      expect(shape(bound(template, { p, l }).text)).toEqual(
        shape(bound(template, { p: 'x', l: l.map(() => 'x') }).text),
      )
    }),
    { numRuns: 200 },
  )
})

test('every place of the sent text leads back: to its own in the template, or to the placeholder that it came from', () => {
  fc.assert(
    fc.property(anyValue, anyList, (p, l) => {
      const { text, sourceMap } = bound(template, { p, l })
      let expected = 0
      for (const { template: written, sent } of sourceMap.fills) {
        const ends = sent.from < sent.to ? [sent.from, sent.to - 1] : []
        for (const at of ends) expect(toTemplateRange(sourceMap, { from: at, to: at + 1 })).toEqual(written)
        expect(toSentRange(sourceMap, written)).toEqual(sent)
        expect(template.slice(written.from, written.to)).toMatch(/^\{\{[pl]\}\}$/)
        expected += sent.to - sent.from
      }
      const inFill = (at: number) => sourceMap.fills.some(({ sent }) => at >= sent.from && at < sent.to)
      let outside = 0
      for (let at = 0; at < text.length; at += 1) {
        if (inFill(at)) continue
        const { from, to } = toTemplateRange(sourceMap, { from: at, to: at + 1 })
        if (template.slice(from, to) !== text[at]) throw new Error(`${at} leads to ${from}`)
        outside += 1
      }
      expect(outside + expected).toBe(text.length)
    }),
    { numRuns: 60 },
  )
})

const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
const typed: [ParameterType, fc.Arbitrary<string | number | boolean>, (value: string | number | boolean) => string][] =
  [
    ['INTEGER', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), String],
    ['LONG', fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map(String), String],
    ['DECIMAL', fc.tuple(fc.nat(), fc.nat(999)).map(([whole, rest]) => `${whole}.${rest}`), String],
    ['DOUBLE', fc.double({ noNaN: true, noDefaultInfinity: true }), String],
    ['BOOLEAN', fc.boolean(), (value) => String(value).toUpperCase()],
    ['DATE', dates.map((date) => date.toISOString().slice(0, 10)), (value) => `DATE '${String(value)}'`],
    [
      'TIMESTAMP',
      dates.map((date) => date.toISOString().slice(0, 19)),
      (value) => `TIMESTAMP '${String(value).replace('T', ' ')}'`,
    ],
  ]

test.each(typed)('a list of type %s comes back value by value', (type, value, written) => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
      const { text } = bound('SELECT a FROM t WHERE x IN{{l}}AND y', { l: values }, [{ ...l, type }])
      expect(text).toBe(`SELECT a FROM t WHERE x IN (${values.map(written).join(', ')}) AND y`)
      expect(parse(text).diagnostics).toEqual([])
    }),
  )
})

test('values of one type that are of another are refused, never written', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(...typed.map(([type]) => type)), (value, type) => {
      const result = bind('SELECT a FROM t WHERE x = {{p}}', [{ ...p, type }], { p: value })
      const outcome = result.ok ? result.text.replace('SELECT a FROM t WHERE x = ', '') : result.diagnostics[0]?.code
      expect(outcome).toMatch(/^(-?[\d.]+([eE][+-]?\d+)?|TRUE|FALSE|(DATE|TIMESTAMP) '[\d :.-]+'|parameter-type)$/)
    }),
    { numRuns: 500 },
  )
})
