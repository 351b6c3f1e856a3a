import { expect, test } from 'vitest'
import { kindOf, readKnown } from './known-values.ts'

const list = (name: string) => ({ name, type: 'STRING', list: true }) as const

test('what a list is of is told by the column that it is compared with, else by its name', () => {
  expect(kindOf(list('wanted'), 't.campaign_id_string')).toBe('campaign-ids')
  expect(kindOf(list('campaign_ids'), 'campaign')).toBe('campaigns')
  expect(kindOf(list('dsp_campaign_ids'), null)).toBe('campaign-ids')
  expect(kindOf(list('bought_asins'), 'COALESCE(tracked_asin, tracked_item)')).toBe('asins')
  expect(kindOf(list('states'), 'iso_state_province_code')).toBeNull()
  expect(kindOf({ ...list('campaign_ids'), list: false }, 'campaign_id_string')).toBeNull()
})

test('values are read by the names of the columns, each once, without what Amazon filtered', () => {
  const columns = ['advertiser', 'campaign', 'campaign_id_string', 'ad_product_type'].map((name) => ({ name }))
  const rows = [
    ['Tidewater', 'Trail TV', '2', 'amazon_dsp'],
    ['Tidewater', 'Boots', '1', 'sponsored_products'],
    ['Tidewater', 'Boots', '1', 'sponsored_products'],
    [null, null, null, 'amazon_dsp'],
  ]
  expect(readKnown('campaign-ids', columns, rows)).toEqual([
    { value: '1', name: 'Boots', detail: 'sponsored_products, Tidewater' },
    { value: '2', name: 'Trail TV', detail: 'amazon_dsp, Tidewater' },
  ])
  expect(readKnown('asins', columns, rows)).toBeNull()
})

test('of tracked items only products are offered', () => {
  const rows = [['B0TRAIL001'], ['store-17'], ['B0TRAIL002']]
  expect(readKnown('asins', [{ name: 'tracked_item' }], rows)?.map(({ value }) => value)).toEqual([
    'B0TRAIL001',
    'B0TRAIL002',
  ])
})
