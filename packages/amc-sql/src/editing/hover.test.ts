import { expect, test } from 'vitest'
import type { Table } from '../schema.ts'
import { amcTables } from '../../test/amc-tables.ts'
import { cursorIn } from '../../test/cursor.ts'
import type { HoverCard } from './cards/card.ts'
import { hover, type HoverOptions } from './hover.ts'

function cardAt(marked: string, options: HoverOptions = {}): HoverCard | null {
  const { text, offset } = cursorIn(marked)
  return hover(text, offset, amcTables, options)
}

function factsOf(card: HoverCard | null): Record<string, string> {
  return Object.fromEntries((card?.facts ?? []).map(({ label, value }) => [label, value]))
}

test('S-062: of an upload the card says what Amazon says, and that its privacy class is not known', () => {
  const column = { name: 'tier', type: 'STRING', role: null, threshold: null, description: 'Loyalty tier' } as const
  const upload: Table = {
    name: 'crm_members',
    title: 'crm_members',
    category: 'Your uploads',
    description: '',
    kind: null,
    timeColumn: null,
    audience: false,
    columns: [column, { ...column, name: 'points', type: null }],
    legacyColumns: [],
  }
  const schema = { tables: [...amcTables.tables, upload] }
  const at = (marked: string) => {
    const { text, offset } = cursorIn(marked)
    return hover(text, offset, schema, {})
  }
  const tier = at('SELECT ti|er FROM crm_members')
  expect(tier).toMatchObject({ detail: 'STRING', description: 'Loyalty tier' })
  expect(factsOf(tier)).toMatchObject({ Privacy: 'not known', Table: 'crm_members' })
  expect(at('SELECT po|ints FROM crm_members')).toMatchObject({ title: 'points', detail: '' })
  expect(factsOf(at('SELECT 1 FROM crm_me|mbers'))['Time window']).toMatch(/^not known/)
})

test.each([
  ['SELECT tot|al_cost FROM dsp_impressions', 'column', 'total_cost', 'DOUBLE · millicents · NONE · metric'],
  ['SELECT i.|campaign FROM dsp_impressions i', 'column', 'campaign', 'STRING · LOW · dimension'],
  ['SELECT i|.campaign FROM dsp_impressions i', 'relation', 'i', 'alias of dsp_impressions'],
  ['SELECT 1 FROM dsp_cl|icks', 'table', 'dsp_clicks', 'Amazon DSP clicks · Events'],
  [
    "SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_c|licks', 'P1D', 'P0D'))",
    'table',
    'dsp_clicks',
    'Amazon DSP clicks · Events',
  ],
  ['WITH a AS (SELECT 1 AS x) SELECT x FROM |a', 'cte', 'a', 'WITH part · 1 column'],
  ['WITH a AS (SELECT 1 AS x) SELECT |x FROM a', 'column', 'x', 'INTEGER · NONE · dimension'],
  ['SELECT SUM(clicks) AS |n FROM dsp_clicks', 'alias', 'n', 'LONG · NONE'],
  ['WITH a (|x) AS (VALUES (1)) SELECT x FROM a', 'alias', 'x', 'INTEGER · NONE · dimension'],
  ['SELECT SU|M(clicks) FROM dsp_clicks', 'function', 'SUM', 'SUM(number)'],
  ['SELECT LE|FT(campaign, 2) FROM dsp_clicks', 'function', 'LEFT', 'LEFT(text, count)'],
  ['SELECT CA|ST(campaign AS DATE) FROM dsp_clicks', 'function', 'CAST', 'CAST(value AS type)'],
  ['SELECT DATE|DIFF(a, b) FROM dsp_clicks', 'function', 'DATEDIFF', 'not a function of AMC'],
  ['SELECT 1 UN|ION ALL SELECT 2', 'keyword', 'UNION', ''],
  ['SELECT RANK() OVER |w FROM dsp_clicks WINDOW w AS (ORDER BY clicks)', 'window', 'w', 'named window'],
  [
    'SELECT x FROM dsp_clicks WHERE campaign = {{na|me}}',
    'parameter',
    'name',
    'STRING · not declared; the type is what its place asks for',
  ],
])('%s shows the %s %s', (marked, kind, title, detail) => {
  expect(cardAt(marked)).toMatchObject({ kind, title, detail })
})

test('a column says what its unit, class, zone and values mean', () => {
  expect(factsOf(cardAt('SELECT supply_|cost FROM dsp_impressions'))).toEqual({
    Unit: 'microcents: divide by 100,000,000 for dollars',
    Privacy: 'NONE: shown in every row',
    Table: 'dsp_impressions',
  })
  expect(factsOf(cardAt('SELECT impression_|dt FROM dsp_impressions'))).toMatchObject({
    Privacy: 'MEDIUM: shown in rows of at least 100 users',
    'Time zone': "the advertiser's own (advertiser_timezone); impression_dt_utc has it in UTC",
  })
  expect(factsOf(cardAt('SELECT impression_dt_|utc FROM dsp_impressions'))).toMatchObject({
    'Time zone': 'UTC',
    'Time window': "the run's window limits dsp_impressions by this column",
  })
  expect(factsOf(cardAt('SELECT device|_type FROM dsp_impressions'))).toMatchObject({ Values: 'Tablet, Phone, TV' })
})

test('a column of a WITH part says where it comes from', () => {
  const parts =
    'WITH a AS (SELECT user_id, campaign AS c, MIN(impressions) AS least FROM dsp_impressions GROUP BY 1, 2)'
  expect(cardAt(`${parts} SELECT |c FROM a`)).toMatchObject({ description: 'Says campaign.' })
  expect(factsOf(cardAt(`${parts} SELECT |c FROM a`))).toMatchObject({ Table: 'dsp_impressions', 'Passed on by': 'a' })
  expect(factsOf(cardAt(`${parts} SELECT |least FROM a`))).toMatchObject({ 'Made in': 'a', As: 'MIN(impressions)' })
})

test('a table says what limits it, and has its columns', () => {
  const card = cardAt("SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P1DT2H')) |i")
  expect(factsOf(card)).toEqual({
    'Time window': "limited by impression_dt_utc to the run's time window",
    'Widened here': 'from 28 days before the start of the window to 1 day 2 hours after its end',
    'For audiences': 'dsp_impressions_for_audiences',
    Columns: '17',
  })
  expect(card?.columns.slice(0, 2)).toEqual([
    { name: 'advertiser_timezone', type: 'STRING', threshold: 'LOW', metric: false },
    { name: 'campaign', type: 'STRING', threshold: 'LOW', metric: false },
  ])
  expect(factsOf(cardAt('SELECT 1 FROM segment_|metadata'))).toMatchObject({
    'Time window': "all rows, whatever the run's time window is",
  })
})

test('a WITH part has its columns with types and classes', () => {
  const card = cardAt('WITH a AS (SELECT user_id, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1) SELECT n FROM |a')
  expect(card?.columns).toEqual([
    { name: 'user_id', type: 'STRING', threshold: 'VERY HIGH', metric: false },
    { name: 'n', type: 'LONG', threshold: 'NONE', metric: true },
  ])
})

test('a parameter has its declared or inferred type and its uses', () => {
  const marked = "SELECT 1 FROM dsp_clicks WHERE campaign_id IN ({{ids|}}) OR campaign = '{{ids}}'"
  expect(cardAt(marked)).toMatchObject({
    title: 'ids',
    detail: 'list of LONG · not declared; the type is what its place asks for',
  })
  expect(factsOf(cardAt(marked))).toMatchObject({ Uses: '2', 'Empty list': 'an error before sending' })
  const declared = [
    { name: 'ids', type: 'LONG', list: true, whenEmpty: 'all', default: [1], description: 'Which.' } as const,
  ]
  const card = cardAt(marked, { declared: declared.map((one) => ({ ...one, default: [...one.default] })) })
  expect(card).toMatchObject({ detail: 'list of LONG · parameter', description: 'Which.' })
  expect(factsOf(card)).toMatchObject({ Default: '[1]' })
})

test.each([
  [
    "SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P2|8D', 'P0D'))",
    "28 days before the start of the run's time window",
  ],
  [
    "SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P|0D'))",
    "0 days after the end of the run's time window",
  ],
  [
    "SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', '28 da|ys', 'P0D'))",
    'This is no ISO 8601 duration; write P28D for 28 days.',
  ],
  [
    "SELECT BUILT_IN_PARAMETER('TIME_WINDOW_|START')",
    "The start of the run's time window, a TIMESTAMP; EXTEND_TIME_WINDOW does not move it.",
  ],
])('%s: %s', (marked, description) => {
  expect(cardAt(marked)?.description).toBe(description)
})

test.each([
  'SELECT | campaign FROM dsp_clicks',
  'SELECT 1 -- cam|paign',
  "SELECT 'camp|aign' FROM dsp_clicks",
  'SELECT nob|ody FROM dsp_clicks',
  '|',
])('%s shows nothing', (marked) => {
  expect(cardAt(marked)).toBeNull()
})

test('a parameter of AMC has its declared type', () => {
  const customParameters = [
    { name: 'asins', dataType: { type: 'ARRAY', elementDataType: 'STRING' } as const, defaultValue: ['a'] },
  ]
  const marked = "SELECT 1 WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('as|ins'), x)"
  expect(cardAt(marked, { customParameters })).toMatchObject({
    kind: 'parameter',
    detail: 'ARRAY<STRING> · parameter of AMC',
    facts: [{ label: 'Default', value: '["a"]' }],
  })
  expect(cardAt(marked)).toBeNull()
})

test('the range is the word', () => {
  const marked = 'SELECT i.camp|aign FROM dsp_impressions i'
  const card = cardAt(marked)
  expect(cursorIn(marked).text.slice(card?.from, card?.to)).toBe('campaign')
})
