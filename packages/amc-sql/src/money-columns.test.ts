import { catalogue } from '../test/catalogue.ts'
import { expect, test } from 'vitest'
import { moneyColumns } from './money-columns.ts'

const of = (select: string, from = 'sponsored_ads_traffic') =>
  Object.fromEntries(moneyColumns(`SELECT ${select} FROM ${from}`, catalogue).map(({ column, unit }) => [column, unit]))

test('a column of money keeps the unit that it comes in, through aggregates, parts and fixed factors', () => {
  expect(of('campaign, SUM(spend) AS spend, SUM(clicks) AS clicks')).toEqual({ spend: 'microcents' })
  expect(of('SUM(total_cost) AS cost', 'dsp_impressions')).toEqual({ cost: 'millicents' })
  expect(of('SUM(spend) / 100000000.0 AS spend, SUM(spend) / 1000 AS in_millicents')).toEqual({
    spend: 'currency',
    in_millicents: 'millicents',
  })
  expect(
    of('CASE WHEN p.s > 5 THEN p.s ELSE 0 END AS s', '(SELECT SUM(spend) AS s FROM sponsored_ads_traffic) p'),
  ).toEqual({ s: 'microcents' })
})

test('what is not surely money of one unit has none', () => {
  expect(of('SUM(spend) / SUM(clicks) AS cpc')).toEqual({})
  expect(of('COUNT(spend) AS n, SUM(spend) / SUM(spend) AS share, SUM(spend) * SUM(spend) AS square')).toEqual({})
  expect(of('SUM(spend) / 7 AS odd')).toEqual({})
  expect(of('SUM(spend) AS a, SUM(spend) / 100000.0 AS a')).toEqual({})
})

test('a query that mixes units has none, also where the finding is switched off', () => {
  const mixed = 'SUM(a.spend) + SUM(b.total_cost) AS sum, SUM(a.spend) AS spend'
  const from = 'sponsored_ads_traffic a JOIN dsp_impressions b ON a.user_id = b.user_id'
  expect(of(mixed, from)).toEqual({})
  expect(moneyColumns(`-- recomamp-ignore AMC025: meant\nSELECT ${mixed}\nFROM ${from}`, catalogue)).toEqual([])
})
