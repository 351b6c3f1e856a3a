import { campaignItems, otherItems, relations } from './relations.ts'

/**
 * Conversions and their credit. A touch is an ad event that can be followed by something; some touches start a journey of one
 * person to one item; each journey is a product page view, perhaps a cart, perhaps an order. The credit is then found as Amazon
 * describes it, over all touches of that person, so a journey's own touch does not always get it.
 */
export function conversionStatements(): string[] {
  return [
    campaignItems(),
    relations(),
    touches,
    journeys,
    steps,
    conversionEvents,
    credits,
    ...pairs,
    campaigns,
    relevance,
  ]
}

/** Days after an ad event in which a conversion can be credited to it, and in which it counts as relevant (attribution guide). */
const creditDays = 14
const relevantDays = 28

/** touch_no is unique over both sides: four times the event, plus 2 for sponsored ads, plus 1 for a click. */
const touches = `CREATE TEMP TABLE touches AS
  SELECT event_no * 4 AS touch_no, event_no, false AS sponsored, false AS is_click, user_id, user_id_type, person, advertiser_key,
    campaign_key, impression_dt_utc AS dt, view_state IN (2, 4) AS creditable, on_amazon,
    visit_rate * CASE WHEN view_state IN (2, 4) THEN 1.0 ELSE 0.3 END AS visit_chance
  FROM store.dsp JOIN store.creatives USING (creative_key)
  UNION ALL
  SELECT event_no * 4 + 1, event_no, false, true, user_id, user_id_type, person, advertiser_key,
    campaign_key, click_dt_utc, true, on_amazon, 0.6
  FROM store.dsp_clicks JOIN store.creatives USING (creative_key)
  UNION ALL
  SELECT event_no * 4 + 2 + clicks, event_no, true, clicks = 1, user_id, user_id_type, person, advertiser_key,
    campaign_key, event_dt_utc, clicks = 1 OR viewable_impressions = 1, on_amazon,
    CASE
      WHEN clicks = 1 THEN CASE ad_product_type WHEN 'sponsored_products' THEN 0.96 ELSE 0.7 END
      WHEN viewable_impressions = 1 THEN 0.05
      ELSE 0
    END
  FROM store.sponsored JOIN store.targets USING (target_key)`

/** Clicks are followed within minutes or hours, views after a day in the middle; nothing later than 27 days. */
const journeys = `CREATE TEMP TABLE journeys AS
  SELECT t.*, dt + to_seconds(least(delay, 27 * 86400)::BIGINT) AS visit_dt, on_amazon AS at_amazon, site_codes,
    CASE WHEN on_amazon THEN
      CASE WHEN u(touch_no, 62) < 0.72 OR len(others) = 0 THEN pick(promoted, u(touch_no, 63)) ELSE pick(others, u(touch_no, 63)) END
    ELSE ${otherItems.offAmazon} END AS product
  FROM (
    SELECT *,
      CASE
        WHEN is_click AND u(touch_no, 60) < 0.6 THEN 20 - 400 * ln(1 - u(touch_no, 61))
        WHEN is_click THEN 600 - 40000 * ln(1 - u(touch_no, 61))
        ELSE 60 - 124000 * ln(1 - u(touch_no, 61))
      END AS delay
    FROM touches WHERE u(touch_no, 64) < visit_chance
  ) t
  JOIN campaign_items USING (campaign_key)`

/** What may come with a page view or an order, before or after it: subtype, delay in seconds, item, how often, for which journeys. */
const extras = [
  ['searchConversion', 'visit_dt - to_seconds(8)', otherItems.brandSearch, 'at_amazon AND chance < 0.15'],
  ['searchConversion', 'visit_dt - to_seconds(15)', otherItems.categorySearch, 'at_amazon AND chance > 0.93'],
  ['brandStorePageView', 'visit_dt + to_seconds(40)', otherItems.store, 'at_amazon AND u(touch_no, 73) < 0.07'],
  ['customerReview', 'visit_dt + to_seconds(12)', 'product', 'at_amazon AND u(touch_no, 70) < 0.08'],
  ['wishList', 'visit_dt + to_seconds(25)', 'product', 'at_amazon AND u(touch_no, 71) < 0.03'],
  ['snsSubscription', 'order_dt + to_seconds(2)', 'product', 'at_amazon AND has_order AND u(touch_no, 69) < 0.06'],
  ['weddingRegistry', 'visit_dt + to_seconds(33)', 'product', 'advertiser_key = 1 AND u(touch_no, 79) < 0.02'],
  ['babyRegistry', 'visit_dt + to_seconds(35)', 'product', 'advertiser_key IN (3, 4) AND u(touch_no, 79) < 0.03'],
  ['alexaSkillEnable', 'visit_dt + to_seconds(60)', 'product', 'advertiser_key IN (3, 7) AND u(touch_no, 80) < 0.03'],
  ['36', 'visit_dt + to_seconds(90)', otherItems.offAmazon, 'NOT at_amazon AND u(touch_no, 81) < 0.1'],
] as const

/** Every cart has its page view and every order its cart, so that per person and ASIN page views > carts > orders. */
const steps = `CREATE TEMP TABLE steps AS
  WITH timed AS (
    SELECT *, visit_dt + to_seconds((30 + 900 * u(touch_no, 65))::BIGINT) AS cart_dt,
      u(touch_no, 66) < CASE WHEN is_click THEN 0.4 ELSE 0.5 END AS has_cart,
      has_cart AND u(touch_no, 67) < 0.48 AS has_order,
      u(touch_no, 72) AS chance
    FROM journeys
  ),
  ordered AS (
    SELECT *, cart_dt + to_seconds((120 + 60000 * pow(u(touch_no, 68), 4))::BIGINT) AS order_dt FROM timed
  )
  SELECT touch_no * 16 + 1 AS conversion_no, visit_dt AS conversion_dt, o.* ,
    CASE WHEN at_amazon THEN 'detailPageView' ELSE site_codes[1] END AS subtype, product AS item FROM ordered o
  UNION ALL
  SELECT touch_no * 16 + 2, cart_dt, o.*, CASE WHEN at_amazon THEN 'shoppingCart' ELSE site_codes[2] END, product FROM ordered o WHERE has_cart
  UNION ALL
  SELECT touch_no * 16 + 3, order_dt, o.*, CASE WHEN at_amazon THEN 'order' ELSE site_codes[3] END, product FROM ordered o WHERE has_order
  ${extras
    .map(
      ([subtype, dt, item, condition], at) =>
        `UNION ALL SELECT touch_no * 16 + ${at + 4}, ${dt}, o.*, '${subtype}', ${item} FROM ordered o WHERE ${condition}`,
    )
    .join('\n  ')}`

/**
 * An order is new to the brand when the person is no customer of old and has no earlier order of the brand in the data. Orders
 * without a resolved person cannot be traced back, so chance decides.
 */
const conversionEvents = `CREATE TABLE store.conversion_events AS
  WITH ranked AS (
    SELECT s.*, subtype = 'order' AS is_order,
      row_number() OVER (PARTITION BY s.user_id, s.advertiser_key, subtype = 'order' ORDER BY conversion_dt, conversion_no) AS nth,
      is_customer(s.person, s.advertiser_key, customer_share) AS is_customer
    FROM steps s JOIN store.people USING (person), bounds
    WHERE conversion_dt < end_dt
  ),
  placed AS (
    SELECT *, CASE
        WHEN NOT is_order OR u(conversion_no, 82) >= in_store THEN marketplace_name
        WHEN u(conversion_no, 82) < in_store * 0.6 THEN 'WHOLE_FOODS_MARKET_US'
        ELSE 'AMAZON_FRESH_STORES_US'
      END AS store_name
    FROM ranked JOIN campaign_items USING (campaign_key)
  )
  SELECT conversion_no, conversion_dt AS event_dt_utc, touch_no AS origin_touch_no, campaign_key AS origin_campaign_key,
    r.advertiser_key, user_id, user_id_type, item,
    subtype AS event_subtype,
    CASE WHEN is_order THEN 'purchase' WHEN at_amazon THEN 'website' ELSE 'off-Amazon' END AS event_category,
    CASE item
      WHEN ${otherItems.brandSearch} THEN 'keyword#' || brand || ' ' || lower(p.subcategory)
      WHEN ${otherItems.categorySearch} THEN 'keyword#' || category_words
      WHEN ${otherItems.store} THEN 'STORE-SYN-' || r.advertiser_key
      WHEN ${otherItems.offAmazon} THEN 'CONVDEF-SYN-' || r.advertiser_key || '-' || subtype
      ELSE p.asin
    END AS tracked_item,
    CASE WHEN is_order THEN p.asin END AS tracked_asin,
    CASE WHEN is_order THEN p.price END AS purchase_unit_price,
    CASE WHEN NOT is_order THEN 0 WHEN p.digital THEN 1
      ELSE 1 + (u(conversion_no, 75) < 0.18)::BIGINT + (u(conversion_no, 75) < 0.05)::BIGINT END AS units,
    CASE WHEN is_order THEN CASE WHEN user_id IS NULL THEN u(conversion_no, 76) < 0.55 ELSE nth = 1 AND NOT is_customer END END AS new_to_brand,
    CASE WHEN is_order AND p.digital THEN CASE WHEN u(conversion_no, 83) < 0.7 THEN 'free trial' ELSE 'paid' END END AS signup,
    CASE WHEN at_amazon THEN store_name END AS marketplace_name,
    CASE WHEN is_order THEN
      CASE
        WHEN store_name = 'WHOLE_FOODS_MARKET_US' OR in_store > 0 AND u(conversion_no, 84) < 0.1 THEN 'Whole Foods Market'
        WHEN store_name = 'AMAZON_FRESH_STORES_US' OR in_store > 0 AND u(conversion_no, 84) < 0.25 THEN 'Amazon Fresh'
      END
    END AS purchase_retail_program,
    CASE WHEN is_order THEN currency_iso_code END AS purchase_currency,
    CASE WHEN subtype = '30' THEN round((40 + 160 * u(conversion_no, 77))::DECIMAL(18, 4), 2) END::DECIMAL(38, 4) AS off_amazon_product_sales,
    CASE WHEN NOT at_amazon AND subtype <> '30' THEN CASE subtype WHEN '32' THEN 50 WHEN '31' THEN 10 ELSE 1 END END::DECIMAL(38, 4)
      AS off_amazon_conversion_value,
    CASE WHEN NOT at_amazon THEN
      CASE WHEN u(touch_no, 78) < 0.6 THEN 'Amazon Ad Tag' WHEN u(touch_no, 78) < 0.9 THEN 'Conversions API' ELSE 'Mobile Measurement Partner' END
    END AS conversion_event_source_name
  FROM placed r LEFT JOIN store.products p ON p.product = r.product
  ORDER BY event_dt_utc, conversion_no`

/**
 * The touch that gets each conversion's credit: within 14 days, clicks before views, nearer items before farther ones, then the
 * last. Class, time and touch are packed into one number, whose minimum is the winner on any number of threads.
 * Conversions without a person are modelled: they keep their own touch, when that could have been credited.
 */
const credits = `CREATE TEMP TABLE credits AS
  WITH candidates AS (
    SELECT conversion_no, t.touch_no,
      CASE WHEN is_click THEN [1, 2, 5][closeness] ELSE [3, 4, 6][closeness] END::BIGINT * 1152921504606846976
        + (67108863 - date_diff('second', start_dt, t.dt)) * 17179869184 + t.touch_no AS rank
    FROM store.conversion_events c
    JOIN touches t ON t.user_id = c.user_id AND t.advertiser_key = c.advertiser_key
      AND t.dt <= c.event_dt_utc AND t.dt > c.event_dt_utc - INTERVAL ${creditDays} DAY
    JOIN relations r ON r.campaign_key = t.campaign_key AND r.product = c.item, bounds
    WHERE t.creditable
  )
  SELECT conversion_no, min(rank) & 17179869183 AS touch_no, false AS modelled FROM candidates GROUP BY conversion_no
  UNION ALL
  SELECT conversion_no, t.touch_no, true
  FROM store.conversion_events c JOIN touches t ON t.touch_no = c.origin_touch_no
  WHERE c.user_id IS NULL AND t.creditable AND t.dt > c.event_dt_utc - INTERVAL ${creditDays} DAY`

/**
 * One set of pairs for both attributed tables. DSP rows carry supply, device and place; sponsored rows carry keywords. A modelled
 * row is empty below the ad line.
 */
const pairs = [
  `CREATE TEMP TABLE credited AS
    SELECT c.conversion_no, c.event_dt_utc AS conversion_event_dt_utc, c.event_dt_utc + converted.zone_offset AS conversion_event_dt,
      t.dt AS traffic_event_dt_utc, t.dt + shown.zone_offset AS traffic_event_dt,
      c.user_id, c.user_id_type, c.event_subtype, c.event_category, c.tracked_item, c.tracked_asin, c.purchase_unit_price, c.units,
      c.new_to_brand, c.signup, c.marketplace_name AS conversion_marketplace_name, c.purchase_retail_program, c.purchase_currency,
      c.off_amazon_product_sales, c.off_amazon_conversion_value, c.conversion_event_source_name,
      engagement_scope = 'PROMOTED' AS promoted, t.is_click, t.sponsored, t.event_no, modelled
    FROM credits k
    JOIN store.conversion_events c USING (conversion_no)
    JOIN touches t ON t.touch_no = k.touch_no
    JOIN relations r ON r.campaign_key = t.campaign_key AND r.product = c.item
    JOIN zone_hours converted ON converted.advertiser_key = c.advertiser_key AND converted.hour_utc = date_trunc('hour', c.event_dt_utc)
    JOIN zone_hours shown ON shown.advertiser_key = t.advertiser_key AND shown.hour_utc = date_trunc('hour', t.dt)`,
  `CREATE TABLE store.dsp_pairs AS
    SELECT k.*, creative_key, placement, place, supply_cost, platform_fee, audience_fee, bid_price
    FROM credited k JOIN store.dsp d ON d.event_no = k.event_no
    WHERE NOT sponsored
    ORDER BY conversion_event_dt_utc, conversion_no`,
  `CREATE TABLE store.sponsored_pairs AS
    SELECT k.*, target_key, search_term_no, placement_no, system_no, is_amazon_business,
      CASE WHEN spend > 0 AND clicks = 1 THEN spend // 1000 END AS click_cost
    FROM credited k JOIN store.sponsored s ON s.event_no = k.event_no
    WHERE sponsored
    ORDER BY conversion_event_dt_utc, conversion_no`,
]

const campaigns = `CREATE TABLE store.campaigns AS
  SELECT DISTINCT campaign_key, campaign, campaign_id, campaign_id_string, advertiser, advertiser_id, advertiser_timezone, zone,
    campaign_budget_amount, campaign_sales_type, campaign_start_date AS campaign_start_dt, campaign_start_date_utc AS campaign_start_dt_utc,
    campaign_end_date AS campaign_end_dt, campaign_end_date_utc AS campaign_end_dt_utc
  FROM store.creatives
  UNION ALL
  SELECT DISTINCT campaign_key, campaign, NULL, campaign_id_string, advertiser, NULL, advertiser_timezone, zone,
    NULL, NULL, campaign_start_dt, campaign_start_dt_utc, campaign_end_dt, campaign_end_dt_utc
  FROM store.targets`

/**
 * One row per conversion and campaign that reached the person in the 28 days before; without a person, the campaign of its touch.
 * The view joins the conversion's columns, which would be as many times repeated text here.
 */
const relevance = `CREATE TABLE store.relevance AS
  SELECT conversion_no, campaign_key, engagement_scope, halo_code, x.event_dt_utc AS relevant_dt_utc, x.event_dt_utc + zone_offset AS relevant_dt
  FROM (
    SELECT DISTINCT conversion_no, item, t.campaign_key, c.event_dt_utc, c.advertiser_key
    FROM store.conversion_events c
    JOIN touches t ON t.user_id = c.user_id AND t.advertiser_key = c.advertiser_key
      AND t.dt <= c.event_dt_utc AND t.dt >= c.event_dt_utc - INTERVAL ${relevantDays} DAY
    UNION ALL
    SELECT conversion_no, item, origin_campaign_key, event_dt_utc, advertiser_key FROM store.conversion_events WHERE user_id IS NULL
  ) x
  JOIN relations r USING (campaign_key)
  JOIN zone_hours z ON z.advertiser_key = x.advertiser_key AND z.hour_utc = date_trunc('hour', x.event_dt_utc)
  WHERE r.product = x.item
  ORDER BY relevant_dt_utc, conversion_no, campaign_key`
