import { expect, test } from 'vitest'
import { findingsOf, marked, mended } from '../../test/findings.ts'
import { catalogue } from '../../test/catalogue.ts'
import { analyze, fixAll } from '../../test/judged.ts'
import { amcText } from '../amc-errors.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'

const ids: CustomParameter = { name: 'ids', dataType: { type: 'ARRAY', elementDataType: 'STRING' } }
const query = (condition: string) =>
  `SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE ${condition} GROUP BY campaign`
const search = (name: string) => query(`ARRAY_CONTAINS(CUSTOM_PARAMETER('${name}'), campaign_id_string)`)

test('AMC011: a parameter that is not declared, in the words that AMC recorded, with the nearest one', () => {
  const [found] = findingsOf('AMC011', search('idz'), { customParameters: [ids] })
  expect(found).toMatchObject({ severity: 'error', message: 'No parameter idz is declared', help: 'Did you mean ids?' })
  expect(found === undefined ? '' : amcText(found, search('idz'))).toBe(
    'Filter operation filter_operation referenced an undeclared parameter idz.',
  )
  expect(fixAll(search('campaign_idz'), catalogue, { customParameters: [{ ...ids, name: 'campaign_ids' }] }).text).toBe(
    search('campaign_ids'),
  )
})

test('AMC011: where nobody said which parameters there are it is an info; no parameters at all are an error', () => {
  expect(findingsOf('AMC011', search('ids'))).toMatchObject([{ severity: 'info' }])
  expect(findingsOf('AMC011', search('ids'), { customParameters: [] })).toMatchObject([{ severity: 'error' }])
  expect(findingsOf('AMC011', search('ids'), { customParameters: [ids] })).toEqual([])
})

test('AMC011: a parameter that is declared twice', () => {
  expect(findingsOf('AMC011', search('ids'), { customParameters: [ids, ids] })).toMatchObject([
    {
      message: 'The workflow declares the parameter ids 2 times',
      amc: 'The workflow parameter ids is defined multiple times',
    },
  ])
})

test.each([
  ["campaign IN (CUSTOM_PARAMETER('ids'))", "ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign)"],
  ["UPPER(campaign) NOT IN (CUSTOM_PARAMETER('ids'))", "NOT ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), UPPER(campaign))"],
  ["CUSTOM_PARAMETER('ids') = campaign", "ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign)"],
])('AMC011: a list as a single value, once and not as a clash of types too: %s', (condition, better) => {
  const { diagnostics } = analyze(query(condition), catalogue, { customParameters: [ids] })
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['AMC011', 'error']])
  expect(fixAll(query(condition), catalogue, { customParameters: [ids] }).text).toBe(query(better))
})

test('AMC011: the name is a text', () => {
  const text = query('CARDINALITY(CUSTOM_PARAMETER(ids)) = 0')
  const found = analyze(text, catalogue, { customParameters: [ids] }).diagnostics
  expect(found.find(({ code }) => code === 'AMC011')?.message).toBe(
    'CUSTOM_PARAMETER takes the name of a parameter as text',
  )
})

test('the built-in parameters are two', () => {
  const text = query("click_dt_utc < BUILT_IN_PARAMETER('TIME_WINDOW_ENDS')")
  expect(findingsOf('invalid', text)).toMatchObject([{ message: 'AMC has no built-in parameter TIME_WINDOW_ENDS' }])
  expect(mended('invalid', text)).toContain("BUILT_IN_PARAMETER('TIME_WINDOW_END')")
})

const options = { audience: true }

test('AMC020: the twin of a table, also in EXTEND_TIME_WINDOW, in a join and where its name qualifies columns', () => {
  expect(marked('AMC020', 'SELECT user_id FROM dsp_clicks', options)).toEqual(['dsp_clicks'])
  const fixed = (text: string) => fixAll(text, catalogue, options).text
  expect(fixed("SELECT user_id FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P7D', 'P0D'))")).toBe(
    "SELECT user_id FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks_for_audiences', 'P7D', 'P0D'))",
  )
  expect(fixed('SELECT c.user_id FROM dsp_clicks c INNER JOIN conversions ON c.user_id = conversions.user_id')).toBe(
    'SELECT c.user_id FROM dsp_clicks_for_audiences c INNER JOIN conversions_for_audiences AS conversions ON c.user_id = conversions.user_id',
  )
  expect(findingsOf('AMC020', 'SELECT user_id FROM dsp_clicks', options)).toMatchObject([
    { amc: 'Invalid tables in the SQL query: Use audience-specific tables in the query.' },
  ])
})

test('AMC020: one table for audiences makes the text an audience', () => {
  const text = 'SELECT c.user_id FROM dsp_clicks_for_audiences c INNER JOIN conversions v ON c.user_id = v.user_id'
  expect(marked('AMC020', text)).toEqual(['conversions'])
  expect(marked('AMC020', 'SELECT COUNT(DISTINCT user_id) AS users FROM dsp_clicks_for_audiences')).toEqual([])
})

test('AMC020: a table without a twin can be an uploaded one', () => {
  const text =
    'SELECT user_id FROM dsp_clicks_for_audiences WHERE user_id IN (SELECT user_id FROM experian_vehicle_purchases)'
  expect(marked('AMC020', text, options)).toEqual([])
})

test('AMC020: the result is user_id under this name, and nothing else', () => {
  const messages = (text: string) => findingsOf('AMC020', text, options).map(({ message }) => message)
  expect(messages('SELECT campaign FROM dsp_clicks_for_audiences')).toEqual(['An audience query returns user_id'])
  expect(messages('SELECT user_id AS u FROM dsp_clicks_for_audiences')).toEqual([
    'The users of an audience must come out as user_id',
  ])
  expect(mended('AMC020', 'SELECT user_id AS u FROM dsp_clicks_for_audiences')).toBeNull()
  expect(fixAll('SELECT user_id AS u FROM dsp_clicks_for_audiences', catalogue, options).text).toBe(
    'SELECT user_id AS user_id FROM dsp_clicks_for_audiences',
  )
  expect(messages('SELECT user_id, campaign FROM dsp_clicks_for_audiences')).toEqual([
    'An audience query returns user_id and nothing else',
  ])
})

test('AMC020: the window of the run has no name in an audience, as others report', () => {
  const text = "SELECT user_id FROM dsp_clicks_for_audiences WHERE click_dt_utc < BUILT_IN_PARAMETER('TIME_WINDOW_END')"
  expect(findingsOf('AMC020', text)).toMatchObject([{ severity: 'warning' }])
})
