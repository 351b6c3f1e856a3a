import type { ResultColumn } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { roleOf } from './column-roles.ts'
import { chartKinds, chartOf, fits, proposeChart } from './propose-chart.ts'

/** `name:TYPE`, a metric with `!`. */
function columns(text: string): ResultColumn[] {
  return text.split(' ').map((one) => {
    const [name = '', type = 'STRING'] = one.split(':')
    return { name, dataType: type.replace('!', ''), columnType: type.endsWith('!') ? 'METRIC' : 'DIMENSION' }
  })
}

test('F-24: the role of a column comes from its type and name; an id is one whatever its type', () => {
  const roles = (text: string) => columns(text).map(roleOf)
  expect(roles('day:DATE frequency_bucket:LONG campaign path:ARRAY is_new:BOOLEAN has_dsp:INTEGER')).toEqual([
    'time',
    'order',
    'category',
    'path',
    'flag',
    'flag',
  ])
  expect(roles('campaign_id:LONG! asin user_ids:LONG sales:DECIMAL! users:LONG purchases:LONG! ctr:DOUBLE!')).toEqual([
    'identifier',
    'identifier',
    'identifier',
    'money',
    'people',
    'count',
    'rate',
  ])
})

test.each([
  ['path:ARRAY path_occurrences:LONG users_that_purchased:LONG', 300, { kind: 'sankey', steps: ['path'] }],
  ['saw_dsp:BOOLEAN saw_sp:BOOLEAN users:LONG', 4, { kind: 'overlap', sets: ['saw_dsp', 'saw_sp'], value: 'users' }],
  [
    'impressions:LONG! clicks:LONG! purchases:LONG!',
    1,
    { kind: 'funnel', stages: ['impressions', 'clicks', 'purchases'] },
  ],
  ['day:DATE campaign sales:DECIMAL!', 90, { kind: 'line', x: 'day', values: ['sales'], series: 'campaign' }],
  [
    'frequency_bucket:LONG users_in_bucket:LONG purchase_rate:DOUBLE!',
    25,
    { kind: 'line', x: 'frequency_bucket', values: ['purchase_rate'], behind: 'users_in_bucket' },
  ],
  ['campaign_id:LONG campaign purchases:LONG! rate:DOUBLE!', 60, { kind: 'bar', x: 'campaign', values: ['purchases'] }],
  [
    'advertiser ad_product sales:DECIMAL!',
    12,
    { kind: 'stacked-bar', x: 'advertiser', series: 'ad_product', values: ['sales'] },
  ],
  ['cost:DECIMAL! sales:DECIMAL!', 500, { kind: 'scatter', x: 'cost', y: 'sales' }],
  ['hours_to_buy:LONG!', 500, { kind: 'histogram', x: 'hours_to_buy' }],
  ['campaign', 5, { kind: 'bar', x: 'campaign', values: [] }],
  ['campaign_id:LONG', 5, { kind: 'bar', x: 'campaign_id', values: [] }],
])('%s of %d rows suggests %j', (text, rowCount, expected) => {
  const all = columns(text)
  const chart = proposeChart(all, rowCount)
  expect(chart).toMatchObject(expected)
  expect(chart !== null && fits(chart, all)).toBe(true)
})

test('every kind that the columns allow fits them, and none ever measures an id', () => {
  const all = columns(
    'day:DATE campaign_id:LONG! campaign state is_new:BOOLEAN reach:LONG purchases:LONG! sales:DECIMAL! rate:DOUBLE!',
  )
  for (const kind of chartKinds) {
    const chart = chartOf(kind, all)
    expect(chart, kind).not.toBeNull()
    expect(chart !== null && fits(chart, all), kind).toBe(true)
    expect(JSON.stringify(chart), kind).not.toContain('campaign_id')
  }
  expect(chartOf('scatter', columns('campaign sales:DECIMAL!'))).toBeNull()
  expect(fits({ kind: 'bar', x: 'campaign', values: ['campaign_id'] }, all)).toBe(false)
  expect(fits({ kind: 'bar', x: 'gone', values: [] }, all)).toBe(false)
  expect(proposeChart([], 0)).toBeNull()
})
