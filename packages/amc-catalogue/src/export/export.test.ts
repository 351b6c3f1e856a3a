import { assert, oneof, property, string, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { catalogueErrorText } from '../files/catalogue-error.ts'
import { loadCatalogue } from '../files/load-catalogue.ts'
import { readJsonExport } from '../files/read-json-export.ts'
import { harmless } from './csv.ts'
import { exportTable, toCsvExport } from './csv-export.ts'
import { toJsonExport } from './json-export.ts'
import { selectSources } from './selection.ts'

const catalogue = loadCatalogue()
const some = new Set(['dsp_clicks', 'dsp_impressions', 'conversions', 'foursquare_visits'])

test('the JSON export, read back, is the catalogue', () => {
  expect(readJsonExport('all.json', toJsonExport(catalogue))).toEqual({ ok: true, partial: false, catalogue })
})

test('a selection has its sources with their fields, examples and relationships, and reads back too', () => {
  const selected = selectSources(catalogue, some)
  expect(selected.dataSources.map(({ name }) => name)).toEqual([...some].toSorted())
  expect(selected.examples.filter(({ source }) => source === 'dsp_clicks')).toHaveLength(5)
  expect(selected.relationships.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'dsp_impressions dsp_clicks',
    'dsp_impressions conversions',
    'dsp_clicks conversions',
  ])
  expect(readJsonExport('some.json', toJsonExport(catalogue, some))).toEqual({
    ok: true,
    partial: true,
    catalogue: selected,
  })
})

test('an export that somebody broke names the line and the field', () => {
  const text = toJsonExport(catalogue, some).replace('"timeColumn": "click_dt_utc"', '"timeColumn": "click_id"')
  const read = readJsonExport('some.json', text)
  const line = text.split('"timeColumn": "click_id"')[0]?.split('\n').length
  expect(read.ok ? [] : read.errors.map(catalogueErrorText)).toEqual([
    `some.json:${line} dataSources.dsp_clicks.timeColumn: click_id is no field that holds a time`,
  ])
  expect(readJsonExport('other.json', '{ "format": "something", "version": 1 }')).toMatchObject({ ok: false })
})

test('the CSV has a row for each field, also for a table without fields, and no cell starts a formula', () => {
  const [head, ...rows] = readCsv(toCsvExport(catalogue))
  expect(rows).toHaveLength(catalogue.dataSources.reduce((sum, { fields }) => sum + Math.max(1, fields.length), 0))
  expect(head?.slice(0, 3)).toEqual(['source', 'title', 'category'])
  expect(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([])
  const at = (name: string) => head?.indexOf(name) ?? -1
  const cost = rows.find((row) => row[at('source')] === 'dsp_impressions' && row[at('field')] === 'total_cost')
  expect(cost?.[at('unit')]).toBe('millicents')
})

test('the CSV is the table again once one leading quote is taken away, whatever the texts are', () => {
  const [source] = catalogue.dataSources
  if (source === undefined) throw new Error('the catalogue is empty')
  const [field] = source.fields
  if (field === undefined) throw new Error('the first source has no field')
  const odd = oneof(string(), stringMatching(/^[=+@'\t\r\n" ,;-]{0,3}[a-z1-9=]{0,3}$/))
  assert(
    property(odd, odd, (title, description) => {
      const dataSources = [{ ...source, title, fields: [{ ...field, description }] }]
      const cells = readCsv(toCsvExport({ dataSources }))
      expect(cells.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(exportTable({ dataSources }))
      expect(cells.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([])
    }),
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r1', "'=1", '＝1'])('%j gets a quote', (cell) => {
  expect(harmless(cell)).toBe(`'${cell}`)
})

test.each(['dsp_clicks', '', '300x250', 'a-b', ' a', '1'])('%j stays', (cell) => {
  expect(harmless(cell)).toBe(cell)
})

/** RFC 4180, written down again. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
