import { conversionId, ipAddress, noTrackers, timeColumns } from '../columns.ts'
import type { ViewPlans } from '../view-plan.ts'

/** Event vocabulary of the custom attribution guide; off-Amazon actions are numeric codes. */
export const typeClass = `CASE event_subtype
  WHEN 'order' THEN 'conversion' WHEN 'detailPageView' THEN 'consideration' WHEN 'customerReview' THEN 'consideration'
  WHEN 'shoppingCart' THEN 'conversion' WHEN 'wishList' THEN 'conversion' WHEN 'snsSubscription' THEN 'conversion'
  WHEN 'babyRegistry' THEN 'conversion' WHEN 'weddingRegistry' THEN 'conversion'
  WHEN 'brandStorePageView' THEN 'unknown' WHEN 'alexaSkillEnable' THEN 'unknown' END`
export const typeDescription = `CASE event_subtype
  WHEN 'order' THEN 'Product purchased' WHEN 'detailPageView' THEN 'Product detail page viewed'
  WHEN 'customerReview' THEN 'Customer Reviews Page' WHEN 'shoppingCart' THEN 'Add to Shopping Cart' WHEN 'wishList' THEN 'add to wishlist'
  WHEN 'snsSubscription' THEN 'New SnS Subscription' WHEN 'babyRegistry' THEN 'add to baby registry'
  WHEN 'weddingRegistry' THEN 'add to wedding registry' WHEN 'brandStorePageView' THEN 'unknown' WHEN 'alexaSkillEnable' THEN 'unknown'
  WHEN '4' THEN 'Marketing landing page' WHEN '30' THEN 'Thank You Page' WHEN '31' THEN 'Registration Form'
  WHEN '32' THEN 'Registration Confirmation Page' WHEN '36' THEN 'Store Locator Page' WHEN '53' THEN 'Add to Shopping Cart'
  WHEN '55' THEN 'Homepage visit' END`
export const eventName = `CASE WHEN event_category IN ('off-Amazon', 'pixel') THEN 'Site - ' || ${typeDescription} END`
export const productSales = 'coalesce(units * purchase_unit_price, 0)'
export const combinedSales = `${productSales} + coalesce(off_amazon_product_sales, 0)`

export const conversionColumns: Readonly<Record<string, string>> = {
  combined_sales: combinedSales,
  conversion_event_name: eventName,
  conversion_id: conversionId,
  conversions: '1',
  event_type: `'CONVERSION'`,
  event_type_class: typeClass,
  event_type_description: typeDescription,
  ip_address: ipAddress,
  no_3p_trackers: noTrackers,
  total_product_sales: productSales,
  total_units_sold: 'units',
}

const relevanceColumns: Readonly<Record<string, string>> = {
  // Amazon documents no values for it; ours are invented.
  campaign_source: `'ADS_CONSOLE'`,
  campaign_start_date: 'CAST(campaign_start_dt AS DATE)',
  campaign_start_date_utc: 'CAST(campaign_start_dt_utc AS DATE)',
  campaign_end_date: 'CAST(campaign_end_dt AS DATE)',
  campaign_end_date_utc: 'CAST(campaign_end_dt_utc AS DATE)',
}

export const conversionViews: ViewPlans = {
  conversions: [{ from: 'conversion_events', expressions: { ...conversionColumns, ...timeColumns('event') } }],
  conversions_with_relevance: [
    {
      from: 'relevance',
      joins: { conversion_events: 'conversion_no', campaigns: 'campaign_key' },
      expressions: { ...conversionColumns, ...timeColumns('event', '', 'relevant'), ...relevanceColumns },
    },
  ],
}
