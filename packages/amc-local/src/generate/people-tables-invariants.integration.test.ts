import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestData, endDay, type BuiltData } from '../testing/built-data.ts'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData({ families: ['channels', 'vehicles', 'groceries', 'adserver'] })
})
afterAll(() => data.close())

describe('the video channel', () => {
  test('records of a subscription follow each other, with one first and one latest', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT pv_subscription_id, count(*) AS n, count(DISTINCT pv_sub_event_primary_key) AS keys, count(DISTINCT user_id) AS people,
          count(*) FILTER (pv_is_plan_start) AS starts, count(*) FILTER (pv_is_latest_record) AS latest,
          min(pv_start_date) = min(pv_start_date) FILTER (pv_is_plan_start) AS start_is_first,
          max(pv_start_date) = max(pv_start_date) FILTER (pv_is_latest_record) AS latest_is_last
        FROM amazon_pvc_enrollments GROUP BY ALL)`,
        'n = keys AND people <= 1 AND starts = 1 AND latest = 1 AND start_is_first AND latest_is_last',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT pv_end_date, lead(pv_start_date) OVER (PARTITION BY pv_subscription_id ORDER BY pv_start_date) AS next FROM amazon_pvc_enrollments)`,
        'coalesce(next = pv_end_date, true)',
      ),
    ).toEqual([])
  })

  test('a trial costs nothing, a promotion less than the plan, and only the record behind a trial is a conversion', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT *, lag(pv_billing_type) OVER (PARTITION BY pv_subscription_id ORDER BY pv_start_date) AS former FROM amazon_pvc_enrollments)`,
        `CASE pv_billing_type WHEN 'FREE_TRIAL' THEN pv_unit_price = 0 WHEN 'PROMOTION' THEN pv_is_promo AND pv_unit_price IN (4.5, 2.5) ELSE pv_unit_price IN (8.99, 4.99) END
         AND pv_is_plan_conversion = (former IS NOT DISTINCT FROM 'FREE_TRIAL')`,
      ),
    ).toEqual([])
  })

  test('whoever subscribed after an ad is enrolled from that day on', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT user_id, event_dt_utc::DATE AS day, tracked_asin FROM conversions WHERE event_subtype = 'order' AND tracked_asin LIKE 'B0LUME%') o
         LEFT JOIN (SELECT DISTINCT user_id, pv_start_date AS day, pv_subscription_product_id AS tracked_asin, true AS found
           FROM amazon_pvc_enrollments WHERE pv_is_plan_start) e
           ON e.user_id IS NOT DISTINCT FROM o.user_id AND e.day = o.day AND e.tracked_asin = o.tracked_asin`,
        'found',
      ),
    ).toEqual([])
    expect(
      await data.number(
        'SELECT sum(digital_subscription_signup_purchases) - sum(digital_free_trial_subscription_signup_purchases + digital_paid_subscription_signup_purchases) FROM amazon_attributed_events_by_conversion_time',
      ),
    ).toBe(0)
    expect(
      await data.number(
        'SELECT sum(digital_free_trial_subscription_signup_purchases) FROM amazon_attributed_events_by_conversion_time',
      ),
    ).toBeGreaterThan(50)
  })

  test('channel content is watched while a subscription runs', async () => {
    expect(
      await data.number(
        `SELECT count(*) FROM amazon_pvc_streaming_events_feed s ANTI JOIN amazon_pvc_enrollments e
           ON e.user_id IS NOT DISTINCT FROM s.user_id AND s.pv_playback_dt_utc >= e.pv_start_date AND s.pv_playback_dt_utc <= e.pv_end_date
         WHERE pv_is_channels`,
      ),
    ).toBe(0)
  })

  test('titles keep their own columns, lists are lists, and every kind of stream is watched by more than 100 people', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT pv_streaming_gti, count(DISTINCT (pv_gti_title_name, pv_gti_genre, pv_material_type, pv_streaming_asin)) AS variants
          FROM amazon_pvc_streaming_events_feed GROUP BY ALL)`,
        'variants = 1',
      ),
    ).toEqual([])
    expect(await data.number('SELECT max(len(pv_gti_cast)) FROM amazon_pvc_streaming_events_feed')).toBeGreaterThan(1)
    expect(
      await data.rowsBreaking(
        `(SELECT pv_stream_type, count(DISTINCT user_id) AS people FROM amazon_pvc_streaming_events_feed GROUP BY ALL)`,
        'people > 100',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        'amazon_pvc_streaming_events_feed',
        `pv_gti_is_live = (pv_material_type = 'live') AND pv_seconds_viewed >= 0 AND NOT (pv_is_avod AND pv_is_svod)`,
      ),
    ).toEqual([])
  })
})

describe('vehicles', () => {
  test('both garage tables hold the same vehicles of people whom ads know', async () => {
    const content = (table: string) =>
      data.rows(
        `SELECT count(*)::INTEGER AS n, sum(hash(user_id, garage_make, garage_model, creation_date))::VARCHAR AS content FROM ${table}`,
      )
    expect(await content('amazon_your_garage_all')).toEqual(await content('amazon_your_garage'))
    expect(
      await data.number(
        'SELECT count(DISTINCT user_id) FROM amazon_your_garage WHERE user_id IN (SELECT user_id FROM dsp_impressions)',
      ),
    ).toBeGreaterThan(1000)
  })

  test('a record was made, changed and last used in this order, before the end day', async () => {
    expect(
      await data.rowsBreaking(
        'amazon_your_garage',
        `creation_date <= update_date AND update_date <= last_accessed_date AND last_accessed_date < DATE '${endDay}'`,
      ),
    ).toEqual([])
  })

  test('registrations lag: of the last two months only a part has arrived', async () => {
    const months = await data.rows(
      `SELECT date_trunc('month', purchase_date) AS month, count(*)::INTEGER AS n FROM experian_vehicle_purchases GROUP BY 1 ORDER BY 1 DESC LIMIT 3`,
    )
    const [current = 0, prior = 0, full = 0] = months.map(({ n }) => Number(n))
    expect(current).toBeGreaterThan(0)
    expect(current).toBeLessThan(prior)
    expect(prior).toBeLessThan(full * 0.6)
  })

  test('cars are new or used, and whoever came to the maker bought there more often', async () => {
    expect(
      await data.rowsBreaking(
        'experian_vehicle_purchases',
        `CASE new_or_used WHEN 'N' THEN vehicle_model_year = year(purchase_date) ELSE vehicle_model_year < year(purchase_date) END`,
      ),
    ).toEqual([])
    const share = (where: string) =>
      data.number(
        `SELECT count(*) FILTER (vehicle_make = 'Vantry') / count(*) FROM experian_vehicle_purchases WHERE ${where}`,
      )
    const interested = `user_id IN (SELECT user_id FROM conversions WHERE tracked_item LIKE 'CONVDEF-SYN-6-%' AND user_id IS NOT NULL)`
    expect(await share(interested)).toBeGreaterThan((await share(`NOT ${interested}`)) * 1.2)
  })
})

describe('groceries', () => {
  test('weeks end on Saturdays, and a trip belongs to one household of one week', async () => {
    expect(await data.rowsBreaking('ncs_cpg_insights_stream', 'dayofweek(week_end_dt) = 6')).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT household_purchase_id, count(DISTINCT ncs_household_id) AS households, count(DISTINCT week_end_dt) AS weeks
          FROM ncs_cpg_insights_stream GROUP BY ALL)`,
        'households = 1 AND weeks = 1',
      ),
    ).toEqual([])
  })

  test('amounts are near quantity times price, and a brand has one place in the hierarchy', async () => {
    expect(
      await data.rowsBreaking(
        'ncs_cpg_insights_stream',
        'purchase_quantity BETWEEN 1 AND 4 AND purchase_dollar_amount / purchase_quantity BETWEEN 3 AND 30',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        '(SELECT sub_brand, count(DISTINCT (brand, category, super_category, department)) AS places FROM ncs_cpg_insights_stream GROUP BY ALL)',
        'places = 1',
      ),
    ).toEqual([])
  })

  test('whoever saw an ad of the brand buys it more often', async () => {
    const share = (where: string) =>
      data.number(
        `SELECT count(*) FILTER (brand = 'Juniper Lane') / count(*) FROM ncs_cpg_insights_stream WHERE week_end_dt >= DATE '${endDay}' - 45 AND ${where}`,
      )
    const reached = `user_id IN (SELECT user_id FROM dsp_impressions WHERE advertiser = 'Juniper Lane Pantry' AND impression_dt_utc < DATE '${endDay}' - 45)`
    expect(await share(reached)).toBeGreaterThan((await share(`NOT coalesce(${reached}, false)`)) * 1.2)
  })
})

describe('the closed ad server', () => {
  test('its tables hold a few rows each', async () => {
    for (const table of ['adserver_traffic', 'adserver_conversions', 'adserver_conversions_with_brand'])
      expect(await data.number(`SELECT count(*) FROM ${table}`)).toBeLessThan(1000)
  })

  test('an impression stands once for each segment of its user', async () => {
    expect(
      await data.number(
        `SELECT count(*) FROM (SELECT request_tag FROM adserver_traffic WHERE user_id IS NOT NULL
           EXCEPT SELECT request_tag FROM adserver_traffic_by_user_segments)`,
      ),
    ).toBe(0)
  })

  test('flags of a video are steps', async () => {
    expect(
      await data.rowsBreaking(
        'adserver_traffic',
        `video_started >= video_played_25pc AND video_played_25pc >= video_played_50pc AND video_played_50pc >= video_played_75pc
         AND video_played_75pc >= video_played_100pc AND video_played_25pc_viewable <= video_played_25pc`,
      ),
    ).toEqual([])
  })
})
