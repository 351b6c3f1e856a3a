import { usualKind, startWorld } from '@recomamp/testkit'
import { getChartData, getColumnStatistics, getMoneyColumns, getResults } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { aQuery, ended, run } from './runs.ts'

const withCost =
  'SELECT campaign, SUM(impressions) AS impressions, SUM(total_cost) AS cost FROM dsp_impressions GROUP BY campaign'

test.each(usualKind)('a stored result is read sorted, filtered and column by column, on %s', async (database) => {
  await using world = await startWorld({ database })
  const ana = await world.signIn('ana')
  const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana, withCost)))
  const params = { executionId }
  const whole = await ana.call(getResults, { params, query: {} })
  const numbers = whole.rows.map(([, impressions]) => Number(impressions))
  expect(numbers.length).toBeGreaterThan(3)
  expect(whole.matchingCount).toBe(whole.rowCount)

  const sort = JSON.stringify([{ column: 'impressions', direction: 'desc' }])
  const columns = JSON.stringify(['impressions'])
  const best = await ana.call(getResults, { params, query: { sort, columns, limit: 2, offset: 1 } })
  expect(best.columns.map(({ name }) => name)).toEqual(['impressions'])
  expect(best.rows).toEqual(
    numbers
      .toSorted((a, b) => b - a)
      .slice(1, 3)
      .map((number) => [String(number)]),
  )

  const [name] = whole.rows[2] ?? []
  const filter = JSON.stringify([{ column: 'campaign', operator: 'equals', value: name }])
  const one = await ana.call(getResults, { params, query: { filter } })
  expect(one).toMatchObject({ rows: [whole.rows[2]], matchingCount: 1, rowCount: whole.rowCount })

  const statistics = await ana.call(getColumnStatistics, { params, query: { column: 'impressions' } })
  expect(statistics).toMatchObject({
    column: { name: 'impressions', columnType: 'METRIC' },
    count: whole.rowCount,
    sum: String(numbers.reduce((sum, number) => sum + number, 0)),
  })
  const drawn = await ana.call(getChartData, {
    params,
    query: { chart: JSON.stringify({ kind: 'bar', x: 'campaign', values: ['impressions'] }), filter },
  })
  expect(drawn).toMatchObject({ matchingCount: 1, drawnCount: 1, isAggregated: false })
  expect(drawn.points).toEqual([
    { keys: [{ is: 'value', text: name }], values: [whole.rows[2]?.[1]], filtered: [], rows: 1 },
  ])
  expect(await ana.call(getMoneyColumns, { params })).toEqual({ items: [{ column: 'cost', unit: 'millicents' }] })
  const ask = (query: Record<string, string>) => ana.call(getResults, { params, query })
  await expect(ask({ sort: '[{"column":"x","direction":"asc"}]' })).rejects.toMatchObject({ status: 422 })
  await expect(ask({ sort: 'impressions' })).rejects.toMatchObject({ status: 400 })
})
