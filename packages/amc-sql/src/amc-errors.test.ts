import { expect, test } from 'vitest'
import { amcText, locateAmcError, readAmcError } from './amc-errors.ts'
import { bind } from './bind.ts'
import { parse } from './parse.ts'

const place = (fromLine: number, fromColumn: number, toLine: number, toColumn: number) => ({
  fromLine,
  fromColumn,
  toLine,
  toColumn,
})

test.each([
  [
    '{"code":"400","details":"Was unable to compile workflow wf_9fbfce61 because it was found to be invalid: Filter operation filter_operation referenced an undeclared parameter ad_product_type."}',
    'Filter operation filter_operation referenced an undeclared parameter ad_product_type.',
    null,
    { kind: 'parameter', name: 'ad_product_type' },
  ],
  [
    'From line 6, column 12 to line 6, column 17: Number of columns must match number of query columns',
    'Number of columns must match number of query columns',
    place(6, 12, 6, 17),
    null,
  ],
  ['Encountered "2025" at line 3, column 9', 'Encountered "2025" at line 3, column 9', place(3, 9, 3, 12), null],
  [
    `Encountered "\\'it\\'\\'s\\'" at line 3, column 9.`,
    `Encountered "\\'it\\'\\'s\\'" at line 3, column 9.`,
    place(3, 9, 3, 15),
    null,
  ],
  ['Encountered { at line 8, column 3', 'Encountered { at line 8, column 3', place(8, 3, 8, 3), null],
  [
    "Object 'amazon_retail_purchases' not found",
    "Object 'amazon_retail_purchases' not found",
    null,
    { kind: 'table', name: 'amazon_retail_purchases' },
  ],
  [
    "Column 'value' not found in any table",
    "Column 'value' not found in any table",
    null,
    { kind: 'column', name: 'value' },
  ],
  [
    'The workflow parameter campaign_pattern is defined multiple times',
    'The workflow parameter campaign_pattern is defined multiple times',
    null,
    { kind: 'parameter', name: 'campaign_pattern' },
  ],
  [
    "At line 2, column 5: Column 'x' not found in any table",
    "Column 'x' not found in any table",
    place(2, 5, 2, 5),
    { kind: 'column', name: 'x' },
  ],
  [
    'Lexical error at line 1, column 7.  Encountered: "\\u00a0" (160), after : ""',
    'Lexical error at line 1, column 7.  Encountered: "\\u00a0" (160), after : ""',
    place(1, 7, 1, 7),
    null,
  ],
  ['Neither workflow ID or workflow were specified', 'Neither workflow ID or workflow were specified', null, null],
])('reads %s', (message, text, where, object) => {
  expect(readAmcError(message)).toEqual({ text, place: where, object })
})

const template =
  "WITH ids (id, kind) AS (\n  VALUES {{asins}}\n)\nSELECT a FROM dsp_clicks\nWHERE b IN {{asins}} AND c = 'x'"
const bound = bind(template, [], { asins: ['B1', 'B2'] })
if (!bound.ok) throw new Error('does not bind')
const run = { sqlQuery: bound.text, sourceMap: bound.sourceMap }
const located = (message: string) => {
  const range = locateAmcError(readAmcError(message), run)
  return range === null ? null : template.slice(range.from, range.to)
}

test('S-097: a place in the sent text is found in the template, a filled value at its placeholder', () => {
  expect(located('From line 5, column 29 to line 5, column 29: x')).toBe('c')
  expect(located('From line 2, column 11 to line 2, column 14: x')).toBe('{{asins}}')
  expect(
    located('From line 2, column 3 to line 2, column 8: Number of columns must match number of query columns'),
  ).toBe('VALUES')
  expect(located('From line 1, column 1 to line 99, column 1: x')).toBe(template)
})

test('an error without a place is found at the first use of what it names', () => {
  expect(located("Object 'DSP_CLICKS' not found")).toBe('dsp_clicks')
  expect(located("Column 'c' not found in any table")).toBe('c')
  expect(located("Object 'elsewhere' not found")).toBeNull()
  expect(located('Execution with ID 1 is unavailable for download')).toBeNull()
})

test('diagnostics have the words and frames of the JavaCC parser and the Calcite validator', () => {
  const text = 'SELECT a\nFROM t RIGHT\u00a0JOIN u ON FROM'
  const [lexical, syntax] = parse(text).diagnostics
  expect(lexical && amcText(lexical, text)).toBe(
    'Lexical error at line 2, column 13.  Encountered: "\\u00a0" (160), after : ""',
  )
  expect(syntax && amcText(syntax, text)).toBe('Encountered "FROM" at line 2, column 24.')
  const [unclosed] = parse('SELECT (a').diagnostics
  expect(unclosed && amcText(unclosed, 'SELECT (a')).toBe(
    'Encountered "<EOF>" at line 1, column 10.\nWas expecting:\n    ")" ...',
  )
  const unknown = { code: 'AMC009', severity: 'error', message: '', amc: "Object 't' not found" } as const
  expect(amcText({ ...unknown, from: 14, to: 21 }, text)).toBe(
    "From line 2, column 6 to line 2, column 12: Object 't' not found",
  )
  expect(amcText({ ...unknown, from: 14, to: 15 }, text)).toBe("At line 2, column 6: Object 't' not found")
  expect(amcText({ ...unknown, code: 'AMC006', amc: 'ours', from: 14, to: 15 }, text)).toBe('ours')
})

test('what our diagnostics say in the words of AMC, our reading of AMC places where it was', () => {
  const texts = [
    'SELECT a,\n  FROM t',
    'SELECT a FROM t\nWHERE x = {{y}}',
    'SELECT a FROM t\n  WHERE b = 1 c',
    `SELECT a 'it''s "x"' FROM t`,
  ]
  for (const text of texts)
    for (const one of parse(text, { placeholders: false }).diagnostics) {
      const range = locateAmcError(readAmcError(amcText(one, text)), { sqlQuery: text, sourceMap: { fills: [] } })
      expect(range?.from).toBe(one.from)
    }
})
