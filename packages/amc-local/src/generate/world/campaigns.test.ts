import { expect, test } from 'vitest'
import { placements } from './placements.ts'
import { advertiserOf, advertisers } from './advertisers.ts'
import { marketOf, markets, peopleOf } from './markets.ts'
import { places } from './places.ts'
import { products } from './products.ts'
import { segmentGroups, segments } from './segments.ts'
import { dspCampaigns } from './dsp-campaigns.ts'
import { sponsoredCampaigns } from './sponsored-campaigns.ts'

const campaigns = [...dspCampaigns, ...sponsoredCampaigns]

test('a campaign promotes products of its own advertiser', () => {
  const astray = campaigns.filter(
    (campaign) =>
      campaign.promoted.length > 0 !== advertiserOf(campaign.advertiser).sellsOnAmazon ||
      campaign.promoted.some(
        (key) => products.find((product) => product.key === key)?.advertiser !== campaign.advertiser,
      ),
  )
  expect(astray).toEqual([])
})

test('keys and names are used once', () => {
  expect(new Set(campaigns.map((campaign) => campaign.key)).size).toBe(campaigns.length)
  expect(new Set(campaigns.map((campaign) => campaign.name)).size).toBe(campaigns.length)
  expect(new Set(products.map((product) => product.asin)).size).toBe(products.length)
})

test('advertisers and markets are looked up by key minus one', () => {
  for (const list of [advertisers, markets]) for (const [at, entry] of list.entries()) expect(entry.key).toBe(at + 1)
})

test('an advertiser sells in a market with a store and places', () => {
  for (const { market } of advertisers) {
    expect(marketOf(market).store).not.toBeNull()
    expect(places.filter((place) => place.market === market).length).toBeGreaterThan(0)
  }
})

test('everybody lives in exactly one market', () => {
  const ranges = markets.map((market) => peopleOf(market, 41_000))
  expect(ranges.map(({ first }) => first)).toEqual([0, ...ranges.slice(0, -1).map(({ end }) => end)])
  expect(ranges.at(-1)?.end).toBe(41_000)
})

test('segments have one id, groups know only segments that exist, and every segment has people', () => {
  const ids = segments.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(segmentGroups.flat())).toEqual(new Set(ids))
  for (const group of segmentGroups) expect(new Set(group).size).toBe(group.length)
})

test('lines and bids name segments that exist', () => {
  const named = [
    ...dspCampaigns.flatMap(({ lines }) => lines.flatMap(({ targets = [] }) => targets)),
    ...sponsoredCampaigns.flatMap(({ groups }) => groups.flatMap(({ bidSegments = [] }) => bidSegments)),
  ]
  expect(named.filter((id) => !segments.some((segment) => segment.id === id))).toEqual([])
})

test('every channel has placements, and every ASIN has ten characters', () => {
  const lines = dspCampaigns.flatMap((campaign) => campaign.lines)
  expect(lines.filter((line) => !placements.some((place) => place.channel === line.channel))).toEqual([])
  for (const product of products) expect(product.asin).toMatch(/^B0[A-Z0-9]{8}$/)
})
