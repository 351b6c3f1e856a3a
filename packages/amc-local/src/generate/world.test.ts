import { expect, test } from 'vitest'
import { placements } from './surroundings.ts'
import { advertisers, dspCampaigns, products, sponsoredCampaigns } from './world.ts'

const campaigns = [...dspCampaigns, ...sponsoredCampaigns]

test('a campaign promotes products of its own advertiser', () => {
  for (const campaign of campaigns) {
    expect(campaign.promoted.length, campaign.name).toBeGreaterThan(0)
    for (const key of campaign.promoted)
      expect(products.find((product) => product.key === key)?.advertiser, campaign.name).toBe(campaign.advertiser)
  }
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
  for (const line of dspCampaigns.flatMap((campaign) => campaign.lines))
    expect(
      placements.some((place) => place.channel === line.channel),
      line.name,
    ).toBe(true)
  for (const product of products) expect(product.asin).toMatch(/^B0[A-Z0-9]{8}$/)
})
