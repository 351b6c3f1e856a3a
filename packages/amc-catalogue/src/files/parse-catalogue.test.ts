import { describe, expect, test } from 'vitest'
import { catalogueErrorText } from './catalogue-error.ts'
import { bundledFiles, loadCatalogue } from './load-catalogue.ts'
import { parseCatalogue } from './parse-catalogue.ts'

/** The faults after one change in one file of the bundled catalogue. */
function faultsAfter(file: string, change: (text: string) => string): string[] {
  const files = bundledFiles()
  const text = files.get(file) ?? ''
  const changed = change(text)
  expect(changed).not.toBe(text)
  files.set(file, changed)
  const parsed = parseCatalogue(files)
  return parsed.ok ? [] : parsed.errors.map(catalogueErrorText)
}

function lineOf(file: string, part: string): number {
  return (bundledFiles().get(file) ?? '').split(part)[0]?.split('\n').length ?? 0
}

const clicks = 'data-sources/dsp_clicks.json'
const retail = 'data-sources/amazon_retail_purchases.json'

test('the bundled files are one catalogue, the same at each reading', () => {
  const parsed = parseCatalogue(bundledFiles())
  if (!parsed.ok) throw new Error(parsed.errors.map(catalogueErrorText).join('\n'))
  expect(parsed.catalogue).toEqual(loadCatalogue())
})

test('an empty folder is an empty catalogue, and files of other kinds are left alone', () => {
  const files = new Map([
    ['README.md', '# Ours'],
    ['data-sources/notes.txt', '?'],
    ['.github/x.json', '{'],
  ])
  expect(parseCatalogue(files)).toEqual({
    ok: true,
    catalogue: { dataSources: [], examples: [], relationships: [], templates: [] },
  })
})

describe('a fault names its file, line and field', () => {
  test.each([
    [
      'a type that does not exist',
      (text: string) =>
        text.replace('"name": "advertiser_id", "dataType": "LONG"', '"name": "advertiser_id", "dataType": "LANG"'),
      `${clicks}:${lineOf(clicks, '"name": "advertiser_id"')} fields.advertiser_id.dataType: must be one of "STRING"|"INTEGER"|"LONG"|"DECIMAL"|"DOUBLE"|"FLOAT"|"BOOLEAN"|"DATE"|"TIMESTAMP"|"ARRAY"`,
    ],
    [
      'a field of the format that is missing',
      (text: string) => text.replace(/\n {2}"rowIs": .*/, ''),
      `${clicks}:1 rowIs: is missing`,
    ],
    [
      'a field that the format does not have',
      (text: string) => text.replace('  "kind"', '  "sort": 1,\n  "kind"'),
      `${clicks}:${lineOf(clicks, '"kind"')} sort: is no field of the format`,
    ],
    [
      'a value of another type',
      (text: string) => text.replace(/"title": .*/, '"title": 7,'),
      `${clicks}:3 title: must be string, received number`,
    ],
    [
      'an empty text',
      (text: string) => text.replace(/"title": .*/, '"title": " ",'),
      `${clicks}:3 title: must not be empty`,
    ],
    [
      'a time column that is none',
      (text: string) => text.replace('"timeColumn": "click_dt_utc"', '"timeColumn": "campaign"'),
      `${clicks}:${lineOf(clicks, '"timeColumn"')} timeColumn: campaign is no field that holds a time`,
    ],
    [
      'a key that is no field',
      (text: string) => text.replace('"joinKeys": ["user_id"', '"joinKeys": ["user"'),
      `${clicks}:${lineOf(clicks, '"joinKeys"')} joinKeys.0: user is no field of the source`,
    ],
    [
      'a sibling that is nowhere',
      (text: string) =>
        text.replace('{ "name": "sponsored_ads_traffic", "diff', '{ "name": "sponsored_traffic", "diff'),
      `${clicks}:${lineOf(clicks, '{ "name": "sponsored_ads_traffic"')} siblings.sponsored_traffic.name: sponsored_traffic is no other data source`,
    ],
    [
      'a name that is not that of the file',
      (text: string) => text.replace('"name": "dsp_clicks"', '"name": "dsp_click"'),
      `${clicks}:2 name: must be the name of the file`,
    ],
    [
      'an array that is not called one',
      (text: string) => text.replace('"typeDetail": "ARRAY<LONG>"', '"typeDetail": "LIST"'),
      `${clicks}:${lineOf(clicks, '"typeDetail"')} fields.advertiser_account_frequency_group_ids.typeDetail: must be like DECIMAL(38,4) or ARRAY<LONG>`,
    ],
  ])('%s', (_, change, fault) => {
    expect(faultsAfter(clicks, change)).toEqual([fault])
  })

  test('a field that stands there twice', () => {
    expect(faultsAfter(retail, (text) => text.replace('"name": "asin_parent"', '"name": "asin"'))).toEqual([
      `${retail}:${lineOf(retail, '{ "name": "asin_parent"')} fields.asin.name: asin stands here twice`,
    ])
  })

  test('JSON that is none', () => {
    const [fault, ...others] = faultsAfter(clicks, (text) => text.replace(/("title": ".*"),/, '$1'))
    expect(fault).toMatch(/^data-sources\/dsp_clicks\.json:4 is no JSON: /)
    expect(others).toEqual([])
    expect(faultsAfter(clicks, (text) => text.replace('"kind": "fact"', '"kind": fact'))[0]).toMatch(
      new RegExp(`^${clicks}:${lineOf(clicks, '"kind"')} is no JSON: `),
    )
  })

  test('relationships of tables and columns that are not there, or whose types differ', () => {
    const file = 'relationships.json'
    const line = (part: string) => lineOf(file, part)
    expect(faultsAfter(file, (text) => text.replace('"to": "dsp_views"', '"to": "dsp_view"'))).toEqual([
      `${file}:${line('"to": "dsp_views"')} 1.to: dsp_view is no data source`,
    ])
    expect(faultsAfter(file, (text) => text.replace('"to": "impression_id"', '"to": "impression"'))).toEqual([
      `${file}:${line('"to": "impression_id"')} 1.on.0.to: impression is no field of dsp_views`,
    ])
    expect(faultsAfter(file, (text) => text.replace('"to": "impression_id"', '"to": "events"'))).toEqual([
      expect.stringMatching(/^relationships\.json:\d+ 1\.on\.0: request_tag is STRING, events is LONG$/),
    ])
  })

  test('examples without a head, or for a table that is not there or has none', () => {
    const files = bundledFiles()
    files.set('examples/dsp_clicks/bare.sql', 'SELECT 1')
    const parsed = parseCatalogue(files)
    expect(parsed).toEqual({
      ok: false,
      errors: [
        {
          file: 'examples/dsp_clicks/bare.sql',
          line: 1,
          field: '',
          message: 'must begin with the comments "-- title: …" and "-- answers: …"',
        },
      ],
    })
    files.delete('examples/dsp_clicks/bare.sql')
    const example = '-- title: All\n-- answers: What is there?\nSELECT 1'
    files.set('examples/nowhere/all.sql', example).set('examples/foursquare_visits/all.sql', example)
    const again = parseCatalogue(files)
    expect(again.ok ? [] : again.errors.map(catalogueErrorText)).toEqual([
      expect.stringMatching(
        /^data-sources\/foursquare_visits\.json:\d+ withoutExamples: says that there are no examples/,
      ),
      'examples/nowhere/all.sql:1 is an example for nowhere, which is no data source',
    ])
  })

  test('an example whose file name cannot be part of an address, and one without a query', () => {
    const files = bundledFiles()
    const head = '-- title: All\n-- answers: What is there?\n'
    files.set('examples/dsp_clicks/All of it.sql', `${head}SELECT 1`).set('examples/dsp_clicks/none.sql', head)
    const parsed = parseCatalogue(files)
    expect(parsed.ok ? [] : parsed.errors.map(catalogueErrorText)).toEqual([
      'examples/dsp_clicks/All of it.sql:1 the name of the file must be lower-case letters, digits and hyphens',
      'examples/dsp_clicks/none.sql:1 has no query',
    ])
  })

  test('a template without its query', () => {
    const files = bundledFiles()
    files.delete('templates/reach-and-frequency.sql')
    const parsed = parseCatalogue(files)
    expect(parsed.ok ? [] : parsed.errors.map(catalogueErrorText)).toEqual([
      'templates/reach-and-frequency.json:2 id: has no query: templates/reach-and-frequency.sql is missing',
    ])
  })
})

test('faults of several files are told together', () => {
  const files = bundledFiles()
  for (const name of ['conversions', 'dsp_views'])
    files.set(`data-sources/${name}.json`, (files.get(`data-sources/${name}.json`) ?? '').replace('"fact"', '"facts"'))
  const parsed = parseCatalogue(files)
  expect(parsed.ok ? [] : parsed.errors.map(({ file, field }) => `${file} ${field}`)).toEqual([
    'data-sources/conversions.json kind',
    'data-sources/dsp_views.json kind',
  ])
})
