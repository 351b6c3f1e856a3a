import { eventId, noTrackers, requestTag, timeColumns } from '../columns.ts'
import type { ViewPlan, ViewPlans } from '../view-plan.ts'
import { combinedSales, eventName, productSales, typeClass, typeDescription } from './conversion-views.ts'
import { listedColumns } from './sponsored-views.ts'

/** What modelled conversions leave empty: everything below the line item. */
const belowLine = [
  'creative',
  'creative_category',
  'creative_duration',
  'creative_id',
  'creative_is_link_in',
  'creative_size',
  'creative_type',
]

/** Nobody in the data sells apps. */
const appMetrics = [
  'appstore_first_opens',
  'appstore_first_session_hours',
  'appstore_opens',
  'appstore_repeat_opens',
  'appstore_repeat_session_hours',
  'appstore_usage_hours',
  'digital_app_subscription_signup_purchases',
  'digital_free_trial_app_subscription_signup_purchases',
  'digital_paid_app_subscription_signup_purchases',
]

const attributedColumns: Readonly<Record<string, string>> = {
  ...timeColumns('conversion_event'),
  ...timeColumns('traffic_event'),
  ...timeColumns('impression', 'NOT is_click', 'traffic_event'),
  ...timeColumns('click', 'is_click', 'traffic_event'),
  combined_sales: combinedSales,
  conversion_event_category: 'event_category',
  conversion_event_subtype: 'event_subtype',
  conversion_event_marketplace_name: 'conversion_marketplace_name',
  conversion_event_name: eventName,
  conversion_event_type: `'CONVERSION'`,
  conversion_event_type_class: typeClass,
  conversion_event_type_description: typeDescription,
  conversions: '1',
  clicks: 'is_click',
  impressions: 'NOT is_click',
  no_3p_trackers: noTrackers,
  traffic_event_marketplace_name: 'marketplace_name',
  traffic_event_subtype: `CASE WHEN is_click THEN 'AD_CLICK' ELSE 'AD_IMP' END`,
  traffic_event_type: `'TRAFFIC'`,
}

const dspPairs: ViewPlan = {
  from: 'dsp_pairs',
  joins: { creatives: 'creative_key', placements: 'placement', places: 'place' },
  expressions: {
    ...attributedColumns,
    ...metricColumns(''),
    ...Object.fromEntries(belowLine.map((name) => [name, `CASE WHEN NOT modelled THEN ${name} END`])),
    ad_product_type: 'NULL',
    ad_slot_size: 'CASE WHEN NOT modelled THEN creative_size END',
    campaign_start_dt: 'campaign_start_date',
    campaign_start_dt_utc: 'campaign_start_date_utc',
    campaign_end_dt: 'campaign_end_date',
    campaign_end_dt_utc: 'campaign_end_date_utc',
    request_tag: `CASE WHEN NOT modelled THEN ${requestTag} END`,
  },
}

const sponsoredPairs: ViewPlan = {
  from: 'sponsored_pairs',
  joins: { targets: 'target_key' },
  expressions: {
    ...attributedColumns,
    ...metricColumns(` AND ad_product_type <> 'sponsored_brands'`),
    ...listedColumns,
    campaign_start_date: 'campaign_start_dt',
    campaign_start_date_utc: 'campaign_start_dt_utc',
    campaign_end_date: 'campaign_end_dt',
    campaign_end_date_utc: 'campaign_end_dt_utc',
    creative: 'CASE WHEN NOT modelled THEN creative END',
    creative_type: 'CASE WHEN NOT modelled THEN creative_type END',
    line_item: 'ad_group',
    line_item_id: 'NULL',
    line_item_status: 'ad_group_status',
    traffic_event_id: `CASE WHEN NOT modelled THEN ${eventId} END`,
  },
}

/**
 * The arithmetic of the attributed metrics: total = promoted + halo, a metric = its clicks + its views, new-to-brand the same where
 * the order was new to the brand. A row is non-zero only in the metrics of its own action; Sponsored Brands counts no carts, which
 * `cartsOnlyIf` says.
 */
function metricColumns(cartsOnlyIf: string): Record<string, string> {
  const when = (condition: string, value: string) => `CASE WHEN ${condition} THEN ${value} ELSE 0 END`
  const bases: readonly { name: string; value: string; newToBrand: boolean }[] = [
    { name: 'purchases', value: when(`event_subtype = 'order'`, '1'), newToBrand: true },
    { name: 'units_sold', value: when(`event_subtype = 'order'`, 'units'), newToBrand: true },
    { name: 'product_sales', value: productSales, newToBrand: true },
    { name: 'add_to_cart', value: when(`event_subtype = 'shoppingCart'${cartsOnlyIf}`, '1'), newToBrand: false },
    { name: 'detail_page_view', value: when(`event_subtype = 'detailPageView'`, '1'), newToBrand: false },
  ]
  const columns: Record<string, string> = {}
  const add = (name: string, value: string, condition: string) => {
    const all = (...more: string[]) => [condition, ...more].filter((part) => part !== '').join(' AND ')
    columns[name] = condition === '' ? value : when(condition, value)
    columns[`${name}_clicks`] = when(all('is_click'), value)
    columns[`${name}_views`] = when(all('NOT is_click'), value)
  }
  for (const { name, value, newToBrand } of bases) {
    add(name, value, 'promoted')
    add(`brand_halo_${name}`, value, 'NOT promoted')
    add(`total_${name}`, value, '')
    if (!newToBrand) continue
    add(`new_to_brand_${name}`, value, 'new_to_brand AND promoted')
    add(`new_to_brand_brand_halo_${name}`, value, 'new_to_brand AND NOT promoted')
    add(`new_to_brand_total_${name}`, value, 'new_to_brand')
  }
  add('digital_subscription_signup_purchases', '1', 'signup IS NOT NULL')
  add('digital_free_trial_subscription_signup_purchases', '1', `signup = 'free trial'`)
  add('digital_paid_subscription_signup_purchases', '1', `signup = 'paid'`)
  for (const name of appMetrics) add(name, '0', '')
  return columns
}

/** One set of pairs: DSP rows carry supply, device and place; sponsored rows carry keywords instead. */
export const attributedViews: ViewPlans = {
  amazon_attributed_events_by_conversion_time: [dspPairs, sponsoredPairs],
  amazon_attributed_events_by_traffic_time: [dspPairs, sponsoredPairs],
}
