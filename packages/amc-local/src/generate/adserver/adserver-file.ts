import { requestTag, timeColumns } from '../columns.ts'
import type { GeneratedFile } from '../generated-file.ts'

/**
 * A few hundred rows, because Amazon has switched these tables off: impressions of one advertiser that its ad server measured too,
 * every seventh of them a click on a search ad elsewhere. The account's zone is the advertiser's.
 */
const traffic = `CREATE TABLE store.traffic AS
  SELECT d.event_no, d.user_id, segment_group, impression_dt_utc AS event_dt_utc, impression_dt AS event_dt, clicked, view_state,
    video_progress, creative, creative_key, creative_size, creative_duration, line_item, line_key, c.campaign, c.campaign_id,
    c.campaign_key, advertiser, advertiser_id, advertiser_timezone, currency_iso_code,
    campaign_start_date, campaign_start_date_utc, campaign_end_date, campaign_end_date_utc,
    device_make, device_model, device_type, browser_family, operating_system, environment_type, site, publisher_name,
    city_name, postal_code, dma_code, iso_country_code, iso_state_province_code,
    d.event_no % 7 = 0 AS is_search
  FROM base.store.dsp d JOIN base.store.creatives c USING (creative_key) JOIN base.store.placements USING (placement)
    JOIN base.store.places USING (place)
  WHERE advertiser_key = 1 AND u(event_no, 220) < 600.0 / (SELECT count(*) FROM base.store.dsp)
  ORDER BY event_no`

const conversions = `CREATE TABLE store.activities AS
  SELECT t.* REPLACE (event_dt_utc + INTERVAL 20 MINUTE AS event_dt_utc, event_dt + INTERVAL 20 MINUTE AS event_dt), u(event_no, 221) < 0.4 AS is_sale
  FROM store.traffic t, bounds WHERE u(event_no, 222) < 0.4 AND event_dt_utc + INTERVAL 20 MINUTE < end_dt
  ORDER BY event_no`

const segmentMembers = `CREATE TABLE store.segment_members AS FROM base.store.segment_members`

const shared = {
  ...timeColumns('event'),
  account_currency: 'currency_iso_code',
  account_timezone: 'advertiser_timezone',
  adserver_brand: `'Fernhill'`,
  adserver_brand_id: '5100001',
  city: 'city_name',
  device_brand: 'device_make',
  environment: `CASE environment_type WHEN 'App' THEN 'In-App' ELSE 'Web' END`,
  vertical: `'Home and Garden'`,
}

const ifVideo = (progress: number) => `(video_progress >= ${progress})`
const ifSearch = (value: string) => `CASE WHEN is_search THEN ${value} END`
const chance = (salt: number, outOf: number) => `(hash(event_no + ${salt}) % ${outOf} = 0)`

const trafficColumns: Readonly<Record<string, string>> = {
  ...shared,
  request_tag: requestTag,
  adserver_session_id: `'ads' || hex(hash(event_no + 1))`,
  adserver_site: `CASE WHEN is_search THEN 'Search engine' ELSE publisher_name END`,
  ad: 'creative',
  ad_id: '6100000 + creative_key',
  ad_format: `CASE WHEN creative_duration IS NULL THEN 'Standard banner' ELSE 'In-stream video' END`,
  ad_length: 'creative_duration',
  ad_duration: '3 + hash(event_no) % 25',
  ad_size: '(40 + creative_key)::VARCHAR',
  ad_started: '1',
  campaign_start_dt: 'campaign_start_date',
  campaign_start_dt_utc: 'campaign_start_date_utc',
  campaign_end_dt: 'campaign_end_date',
  campaign_end_dt_utc: 'campaign_end_date_utc',
  campaign_type: `CASE WHEN is_search THEN 'search' ELSE 'display' END`,
  clicks: 'clicked OR is_search',
  clicks_default_ad: chance(2, 200),
  clicks_hard_stop: chance(3, 300),
  clicks_no_script: chance(4, 250),
  clicks_sivt: chance(5, 150),
  clicks_ssai: chance(6, 220),
  cost_model_type: `CASE WHEN is_search THEN 'CPC' ELSE 'CPM' END`,
  cost_per_unit: `CASE WHEN is_search THEN '0.85' ELSE '6.50' END`,
  impressions: 'NOT is_search',
  impressions_default_ad: chance(7, 100),
  impressions_hard_stop: chance(8, 200),
  impressions_no_script: chance(9, 180),
  impressions_sivt: chance(10, 90),
  impressions_ssai: chance(11, 120),
  is_dco_ad: 'creative_key % 2 = 0',
  measurable_impressions: 'view_state IN (1, 2)',
  recordable_impressions: 'view_state IN (1, 2)',
  viewable_impressions: 'view_state = 2',
  ordered_units: '1000000',
  package: `campaign || ' package'`,
  package_id: '6200000 + campaign_key',
  package_start_date: 'campaign_start_date',
  package_start_date_utc: 'campaign_start_date_utc',
  package_end_date: 'campaign_end_date',
  package_end_date_utc: 'campaign_end_date_utc',
  placement: 'line_item',
  placement_id: '6300000 + line_key',
  placement_dimensions: 'creative_size',
  placement_start_date: 'campaign_start_date',
  placement_start_date_utc: 'campaign_start_date_utc',
  placement_end_date: 'campaign_end_date',
  placement_end_date_utc: 'campaign_end_date_utc',
  placement_type: `CASE WHEN creative_duration IS NULL THEN 'In Banner' ELSE 'In-Stream Video' END`,
  search_account_id: ifSearch('6400001'),
  search_ad: ifSearch(`'Fernhill cast iron'`),
  search_ad_click_through_url: ifSearch(`'https://shop.example/fernhill'`),
  search_ad_display_url: ifSearch(`'shop.example'`),
  search_ad_group: ifSearch(`'Cast iron'`),
  search_ad_group_id: ifSearch('6500001'),
  search_ad_id: ifSearch('6600000 + creative_key'),
  search_ad_text: ifSearch(`'Cast iron that lasts'`),
  search_campaign_id: ifSearch('6700001'),
  search_campaign_type: ifSearch(`'Search'`),
  search_clicks: 'is_search',
  search_integration: ifSearch(`'API'`),
  search_keyword_id: ifSearch('6800000 + hash(event_no) % 3'),
  search_keyword_text: ifSearch(`['cast iron skillet', 'dutch oven', 'fernhill'][1 + (hash(event_no) % 3)::INTEGER]`),
  search_keyword_type: ifSearch(`'Keyword'`),
  search_match_type: ifSearch(`['Broad', 'Phrase', 'Exact'][1 + (hash(event_no) % 3)::INTEGER]`),
  search_vendor: ifSearch(`'Search engine'`),
  section: 'site',
  section_id: '6900000 + hash(site) % 1000',
  smart_items_list: `CASE WHEN creative_key % 2 = 0 THEN 'headline, picture' END`,
  target_audience_id: '7000001',
  target_audience_name: `'Home cooks'`,
  version_id: 'CASE WHEN creative_key % 2 = 0 THEN 7100000 + hash(event_no) % 4 END',
  version_name: `CASE WHEN creative_key % 2 = 0 THEN 'Version ' || hash(event_no) % 4 END`,
  video_started: ifVideo(2),
  video_played_25pc: ifVideo(3),
  video_played_50pc: ifVideo(4),
  video_played_75pc: ifVideo(5),
  video_played_100pc: ifVideo(6),
  video_played_25pc_viewable: `${ifVideo(3)} AND view_state = 2`,
  video_played_50pc_viewable: `${ifVideo(4)} AND view_state = 2`,
  video_played_75pc_viewable: `${ifVideo(5)} AND view_state = 2`,
  video_played_100pc_viewable: `${ifVideo(6)} AND view_state = 2`,
  video_percentage_complete: 'greatest(2, video_progress) * 25 - 50',
  video_played_duration: 'coalesce(creative_duration * (greatest(2, video_progress) - 2) // 4, 0)',
  video_played_with_sound: `${ifVideo(2)} AND ${chance(12, 3)}`,
  video_muted: `${ifVideo(2)} AND ${chance(13, 10)}`,
  video_unmuted: `${ifVideo(2)} AND ${chance(14, 12)}`,
  video_paused: `${ifVideo(2)} AND ${chance(15, 15)}`,
  video_replayed: `${ifVideo(6)} AND ${chance(16, 20)}`,
  video_skipped: `${ifVideo(2)} AND ${chance(17, 8)}`,
  video_full_screen_started: `${ifVideo(2)} AND ${chance(18, 9)}`,
  video_full_screen_ended: `${ifVideo(6)} AND ${chance(18, 9)}`,
  video_full_screen_muted: `${ifVideo(2)} AND ${chance(18, 18)}`,
  video_full_screen_paused: `${ifVideo(2)} AND ${chance(18, 27)}`,
  video_full_screen_duration: `CASE WHEN ${ifVideo(2)} AND ${chance(18, 9)} THEN 5 + hash(event_no) % 20 ELSE 0 END`,
}

const activityColumns: Readonly<Record<string, string>> = {
  ...shared,
  conversion_activity: `CASE WHEN is_sale THEN 'Shop - order' ELSE 'Shop - newsletter' END`,
  conversion_activity_id: `CASE WHEN is_sale THEN '7200001' ELSE '7200002' END`,
  conversion_currency: 'currency_iso_code',
  conversion_id: `'acv' || hex(hash(event_no + 3))`,
  conversion_type: `CASE WHEN is_sale THEN 'Sales' ELSE 'Counter' END`,
  conversions: '1',
  order_id: `CASE WHEN is_sale THEN 'ORD-' || event_no END`,
  product_id: `CASE WHEN is_sale THEN 'SKU-' || event_no % 5 END`,
  product_info: `CASE WHEN is_sale THEN 'Fernhill cookware' END`,
  quantity: 'CASE WHEN is_sale THEN 1 + hash(event_no) % 3 ELSE 0 END',
  referrer: `'https://shop.example/'`,
  revenue: 'CASE WHEN is_sale THEN 35 + hash(event_no) % 80 ELSE 0 END',
  tag_manager: `'Shop tags'`,
  tag_manager_id: '7300001',
}

/** The tables of Amazon's closed ad server. */
export const adserverFile: GeneratedFile = {
  statements: () => ['CREATE SCHEMA store', traffic, conversions, segmentMembers],
  views: {
    adserver_traffic: [{ from: 'traffic', expressions: trafficColumns }],
    adserver_traffic_by_user_segments: [
      {
        from: 'traffic',
        joins: { segment_members: 'segment_group' },
        where: 'user_id IS NOT NULL',
        expressions: trafficColumns,
      },
    ],
    adserver_conversions: [{ from: 'activities', expressions: activityColumns }],
    adserver_conversions_with_brand: [{ from: 'activities', expressions: activityColumns }],
  },
}
