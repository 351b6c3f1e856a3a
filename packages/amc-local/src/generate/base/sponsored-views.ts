import { eventId, ipAddress, noTrackers, timeColumns, utcColumns } from '../columns.ts'
import type { ViewPlans } from '../view-plan.ts'
import { segmentsOfGroup } from '../world/segments.ts'

/** What a sponsored event stores as the number of an entry: its target's lists, and six common systems. */
export const listedColumns: Readonly<Record<string, string>> = {
  customer_search_term: 'search_terms[search_term_no]',
  placement_type: 'placement_list[placement_no]',
  operating_system: `['iOS', 'iOS', 'Android', 'Android', 'Windows', 'macOS'][system_no]`,
  os_version: `['17.5.1', '17.5.1', '14', '13', '11', '14.4'][system_no]`,
}

const sponsoredColumns: Readonly<Record<string, string>> = {
  ...timeColumns('event'),
  ...listedColumns,
  ad_group_start_dt: 'campaign_start_dt',
  ad_group_start_dt_utc: 'campaign_start_dt_utc',
  ad_group_end_dt: 'campaign_end_dt',
  ad_group_end_dt_utc: 'campaign_end_dt_utc',
  line_item_start_date: 'campaign_start_dt',
  line_item_start_date_utc: 'campaign_start_dt_utc',
  line_item_end_date: 'campaign_end_dt',
  line_item_end_date_utc: 'campaign_end_dt_utc',
  campaign_start_date: 'CAST(campaign_start_dt AS DATE)',
  campaign_start_date_utc: 'CAST(campaign_start_dt_utc AS DATE)',
  campaign_end_date: 'CAST(campaign_end_dt AS DATE)',
  campaign_end_date_utc: 'CAST(campaign_end_dt_utc AS DATE)',
  line_item: 'ad_group',
  line_item_status: 'ad_group_status',
  // Amazon documents no values for these two; ours are invented.
  line_item_type: 'upper(ad_product_type)',
  view_definition: `CASE WHEN viewable_impressions = 1 THEN 'MRC' END`,
  event_id: eventId,
  ip_address: ipAddress,
  matched_behavior_segment_ids: `CASE WHEN impressions = 1 AND user_id IS NOT NULL THEN list_min(list_intersect(bid_segments, ${segmentsOfGroup})) END`,
  no_3p_trackers: noTrackers,
  five_sec_views: 'video_progress >= 2',
  video_first_quartile_views: 'video_progress >= 3',
  video_midpoint_views: 'video_progress >= 4',
  video_third_quartile_views: 'video_progress >= 5',
  video_complete_views: 'video_progress >= 6',
  video_unmutes: 'CASE WHEN video_progress IS NOT NULL THEN unmuted END',
}

/** The broadcast that a carousel stood beside: each advertiser broadcasts on Sundays, and the recording runs for a week. */
const broadcastDay = `(date_trunc('week', event_dt_utc + INTERVAL 1 DAY) - INTERVAL 1 DAY)::DATE`

const liveColumns: Readonly<Record<string, string>> = {
  ...utcColumns('event'),
  event_id: eventId,
  views: 'viewable_impressions',
  broadcast_date_utc: broadcastDay,
  broadcast_id: `'brd-' || advertiser_key || '-' || strftime(${broadcastDay}, '%Y%m%d')`,
  broadcast_name: `campaign || ', ' || strftime(${broadcastDay}, '%Y-%m-%d')`,
  creative_id: '660000000000000000 + target_key',
  site: `['Amazon Shopping iOS', 'Amazon Shopping iOS', 'Amazon Shopping Android', 'Fire TV', 'amazon.com', 'amazon.com'][system_no]`,
  slot_name: `['carousel-mobile-app', 'carousel-mobile-app', 'carousel-mobile-web', 'carousel-shoptv-app', 'carousel-desktop-web',
    'carousel-desktop-web'][system_no]`,
}

const targets = { targets: 'target_key' }

/** Traffic beside Amazon Live is stored with the sponsored ads, because it earns credit in the same way. */
export const sponsoredViews: ViewPlans = {
  sponsored_ads_traffic: [
    {
      from: 'sponsored',
      joins: targets,
      where: `ad_product_type <> 'amazon_live'`,
      expressions: sponsoredColumns,
    },
  ],
  amazon_live_traffic: [
    { from: 'sponsored', joins: targets, where: `ad_product_type = 'amazon_live'`, expressions: liveColumns },
  ],
}
