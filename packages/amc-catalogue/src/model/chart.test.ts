import { expect, test } from 'vitest'
import { chartColumns, ChartDescription } from './chart.ts'

test('a chart names its columns once each, whatever part they play', () => {
  const chart = ChartDescription.parse({ kind: 'line', x: 'day', values: ['rate', 'cost'], behind: 'reach' })
  expect(chartColumns(chart)).toEqual(['day', 'rate', 'cost', 'reach'])
  expect(chartColumns({ kind: 'scatter', x: 'cost', y: 'sales', size: 'cost', label: 'campaign' })).toEqual([
    'cost',
    'sales',
    'campaign',
  ])
  expect(chartColumns({ kind: 'funnel', stages: ['views', 'carts', 'purchases'] })).toHaveLength(3)
  expect(chartColumns({ kind: 'sankey', steps: ['path'], value: 'users' })).toEqual(['path', 'users'])
})

test.each([
  [{ kind: 'pie', x: 'campaign', values: ['sales'] }, 'kind'],
  [{ kind: 'bar', x: 'campaign', values: Array.from({ length: 7 }, (_, at) => `m${at}`) }, 'values'],
  [{ kind: 'bar', x: 'campaign', values: ['sales'], behind: 'reach' }, 'behind'],
  [{ kind: 'sankey', steps: [] }, 'steps'],
])('%j is no chart', (chart, words) => {
  const { error } = ChartDescription.safeParse(chart)
  expect(JSON.stringify(error?.issues)).toContain(words)
})
