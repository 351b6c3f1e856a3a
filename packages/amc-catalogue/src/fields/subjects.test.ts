import { expect, test } from 'vitest'
import { loadCatalogue } from '../files/load-catalogue.ts'
import { subjectOf, subjectPatterns, subjects, type Subject } from './subjects.ts'

const names = [...new Set(loadCatalogue().dataSources.flatMap(({ fields }) => fields.map(({ name }) => name)))]

/** The pattern that decides about a name, by its place in the table. */
const deciding = (name: string) => subjectPatterns.findIndex(([, pattern]) => pattern.test(name))

test('every field of the catalogue has exactly one subject', () => {
  expect(names.length).toBeGreaterThan(500)
  // The state of a record in one table only; in an upload the word may mean anything.
  expect(names.filter((name) => subjectOf(name) === 'other')).toEqual(['status'])
})

test('every pattern decides about a field, and every subject has some', () => {
  const used = new Set(names.map(deciding))
  expect(subjectPatterns.filter((_, at) => !used.has(at))).toEqual([])
  expect(new Set(names.map(subjectOf))).toEqual(new Set(subjects))
})

test.each<[Subject, string[]]>([
  ['identity', ['user_id', 'request_tag', 'traffic_event_id', 'conversion_id', 'pv_session_id', 'ip_address']],
  ['time', ['impression_dt_utc', 'campaign_start_date', 'click_hour', 'week_end_dt', 'pv_playback_dt_utc']],
  ['campaign', ['campaign', 'campaign_id_string', 'line_item', 'ad_group', 'campaign_country']],
  ['creative', ['creative', 'creative_duration', 'ad_id']],
  ['placement', ['site', 'supply_source', 'ad_slot_size', 'slot_position']],
  ['targeting', ['targeting', 'customer_search_term', 'match_type']],
  ['segment', ['behavior_segment_id', 'segment_marketplace_id', 'matched_behavior_segment_ids']],
  ['cost', ['spend', 'total_cost', 'platform_fee', 'campaign_budget_amount', 'purchase_currency']],
  ['traffic', ['impressions', 'clicks', 'viewable_impressions']],
  ['event', ['event_type', 'traffic_event_subtype']],
  ['conversion', ['conversions', 'new_to_brand', 'total_add_to_cart', 'exposure_type', 'halo_code']],
  ['sales', ['total_product_sales', 'purchases', 'new_to_brand_total_units_sold_views', 'unit_price', 'revenue']],
  ['product', ['asin', 'tracked_asin', 'brand', 'creative_asin']],
  ['geography', ['postal_code', 'dma_code', 'iso_country_code']],
  ['device', ['device_type', 'os_version']],
  ['video', ['video_complete', 'five_sec_views']],
  ['store', ['store_name', 'dwell_time', 'marketplace_name', 'conversion_event_marketplace_name']],
  ['other', ['loyalty_tier', '']],
])('%s', (subject, fields) => {
  expect(fields.map((name) => [name, subjectOf(name)])).toEqual(fields.map((name) => [name, subject]))
})
