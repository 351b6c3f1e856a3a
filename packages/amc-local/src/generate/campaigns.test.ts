import { expect, test } from 'vitest'
import { placements } from './surroundings.ts'
import { advertisers, products } from './advertisers.ts'
import { dspCampaigns } from './dsp-campaigns.ts'
import { sponsoredCampaigns } from './sponsored-campaigns.ts'

const campaigns = [...dspCampaigns, ...sponsoredCampaigns]

test('a campaign promotes products of its own advertiser', () => {
  const astray = campaigns.filter(
    (campaign) =>
      campaign.promoted.length === 0 ||
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

test('advertisers are looked up by key minus one', () => {
  for (const [at, advertiser] of advertisers.entries()) expect(advertiser.key).toBe(at + 1)
})

test('every channel has placements, and every ASIN has ten characters', () => {
  const lines = dspCampaigns.flatMap((campaign) => campaign.lines)
  expect(lines.filter((line) => !placements.some((place) => place.channel === line.channel))).toEqual([])
  for (const product of products) expect(product.asin).toMatch(/^B0[A-Z0-9]{8}$/)
})
