/** What a field is about, in the order in which a field list is grouped. */
export const subjects = [
  'identity',
  'time',
  'advertiser',
  'campaign',
  'creative',
  'placement',
  'targeting',
  'segment',
  'device',
  'geography',
  'event',
  'traffic',
  'video',
  'cost',
  'conversion',
  'sales',
  'product',
  'store',
  'streaming',
  'vehicle',
  'privacy',
  'other',
] as const
export type Subject = (typeof subjects)[number]

/**
 * Which names are about what; the first pattern that fits decides. A name says more by its beginning than by its end, except for
 * times, which every subject has: `campaign_start_date` is a time.
 */
export const subjectPatterns: readonly (readonly [subject: Exclude<Subject, 'other'>, pattern: RegExp])[] = [
  ['privacy', /^no_3p_trackers$/],
  ['vehicle', /^(vehicle|garage)_|^new_or_used$|^reported_dealership$/],
  ['identity', /^(user_id|user_id_type|device_id|ip_address)$/],
  ['identity', /^(request_tag|impression_id|visit_id|ncs_household_id)$|(^|_)(event|session|conversion|purchase)_id$/],
  ['identity', /^order_id$|^(pv_sub_event_primary_key|pv_subscription_id|sns_subscription_id)$/],
  ['time', /(^|_)(date|dt|day|hour|month)(_hour)?(_utc)?$|^(account_|advertiser_)timezone$|^snapshot_datetime$/],
  ['streaming', /^pv_/],
  ['segment', /segment|^target_audience_|^category_(level_\d|path)$/],
  ['cost', /^(spend|bid_price|cost_.*)$|_cost$|_fees?$|_budget_(amount|type)$|(^|_)currency(_|$)/],
  ['video', /^video_|^five_sec_views$|^ad_started$/],
  ['geography', /^(city|city_name|dma_code|postal_code|iso_.*|region)$/],
  ['device', /^(device_.*|operating_system|os_version|browser_family|environment|environment_type|app_bundle)$/],
  [
    'product',
    /^(asin.*|tracked_asin|tracked_item|product_(category|id|info|line)|brand|sub_brand|department|category)$/,
  ],
  ['product', /^(super_category|creative_asin|smart_items_list)$/],
  ['sales', /(product_sales|combined_sales|units_sold|unit_price|purchases)(_clicks|_views)?$/],
  ['sales', /^(purchase_(dollar_amount|quantity)|off_amazon_conversion_value|ordered_units|quantity|revenue)$/],
  ['store', /^((conversion_event_|traffic_event_)?marketplace_(id|name)|merchant_id)$/],
  ['conversion', /^(conversion_|conversions?$|exposure_type$|engagement_scope$|halo_code$|new_to_brand$|appstore_)/],
  ['conversion', /(add_to_cart|detail_page_view)(_clicks|_views)?$/],
  ['conversion', /^(purchase_(order|program|retail)_.*|is_(business|gift)_flag)$/],
  ['store', /^(store_name|page_(id|title)|widget_.*|ingress_type|dwell_time|referrer.*|channel|reference_id)$/],
  [
    'campaign',
    /^(campaign|line_item|ad_group|portfolio|package|demand_channel|deal|search_campaign|search_ad_group)(_|$)/,
  ],
  ['campaign', /^(ad_product_type|broadcast_.*|vertical)$/],
  ['creative', /^(creative|ad|ad_(duration|format|id|length|size)|search_ad|version)(_(?!slot)|$)|^is_dco_ad$/],
  ['targeting', /^(targeting|match_type|customer_search_term|search_.*)$|frequency_group_ids$/],
  ['placement', /^(placement|supply_source|slot|site|section|publisher|seller)(_|$)|^ad_slot_size$|^page_type$/],
  ['placement', /^(is_amazon_owned|is_amazon_business|adserver_site)$/],
  ['advertiser', /^(advertiser|entity|adserver_brand|tag_manager)(_|$)/],
  [
    'traffic',
    /^(impressions|clicks|views|events|measurable_.*|viewable_.*|unmeasurable_.*|recordable_.*|view_definition)/,
  ],
  ['event', /^(traffic_)?event_/],
]

/** What a field of any table is about; `other` for names that no pattern knows, such as those of uploads. */
export function subjectOf(name: string): Subject {
  return subjectPatterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'
}
