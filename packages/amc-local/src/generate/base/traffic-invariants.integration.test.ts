import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestData, endDay, type BuiltData } from '../../testing/built-data.ts'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData()
})
afterAll(() => data.close())

describe('people', () => {
  test.each(['dsp_impressions', 'sponsored_ads_traffic'])(
    '5 to 10 %% of the rows of %s have no person, and then no kind of id',
    async (table) => {
      const share = await data.number(`SELECT 1 - count(user_id) / count(*) FROM ${table}`)
      expect(share).toBeGreaterThan(0.05)
      expect(share).toBeLessThan(0.1)
      expect(await data.rowsBreaking(table, `(user_id IS NULL) = (user_id_type IS NULL)`)).toEqual([])
    },
  )

  test('a person keeps one id of one kind across all tables, and all three kinds occur', async () => {
    const everywhere = [
      'dsp_impressions',
      'dsp_clicks',
      'dsp_views',
      'sponsored_ads_traffic',
      'amazon_live_traffic',
      'conversions',
      'conversions_with_relevance',
    ]
      .map((table) => `SELECT DISTINCT user_id, user_id_type FROM ${table} WHERE user_id IS NOT NULL`)
      .join(' UNION ')
    expect(
      await data.rowsBreaking(`(SELECT user_id, count(*) AS kinds FROM (${everywhere}) GROUP BY user_id)`, 'kinds = 1'),
    ).toEqual([])
    expect(await data.number(`SELECT count(DISTINCT user_id_type) FROM dsp_impressions`)).toBe(3)
  })

  test('ad products overlap: some people see DSP only, some sponsored ads only, some both', async () => {
    const [groups] = await data.rows(`
      SELECT count(*) FILTER (d AND s)::INTEGER AS both, count(*) FILTER (d AND NOT s)::INTEGER AS dsp, count(*) FILTER (s AND NOT d)::INTEGER AS sponsored
      FROM (
        SELECT user_id, bool_or(dsp) AS d, bool_or(NOT dsp) AS s FROM (
          SELECT user_id, true AS dsp FROM dsp_impressions UNION ALL SELECT user_id, false FROM sponsored_ads_traffic
        ) WHERE user_id IS NOT NULL GROUP BY user_id
      )`)
    for (const count of Object.values(groups ?? {})) expect(count).toBeGreaterThan(500)
  })

  test('a month leaves hundreds of people in the states, and a handful in the smallest one', async () => {
    const rows = await data.rows(`
      SELECT iso_state_province_code AS state, count(DISTINCT user_id)::INTEGER AS people FROM dsp_impressions
      WHERE iso_country_code = 'US' AND impression_dt_utc >= TIMESTAMP '${endDay}' - INTERVAL 30 DAY GROUP BY 1 ORDER BY people DESC`)
    expect(rows.filter(({ people }) => Number(people) > 300).length).toBeGreaterThanOrEqual(9)
    expect(rows.at(-1)?.['state']).toBe('US-WY')
    expect(Number(rows.at(-1)?.['people'])).toBeLessThan(100)
  })

  test('a week leaves thousands of people in the large campaigns and a handful in the pilot', async () => {
    const rows = await data.rows(`
      SELECT campaign, count(DISTINCT user_id)::INTEGER AS people FROM dsp_impressions
      WHERE impression_dt_utc >= TIMESTAMP '${endDay}' - INTERVAL 21 DAY AND impression_dt_utc < TIMESTAMP '${endDay}' - INTERVAL 14 DAY
      GROUP BY campaign ORDER BY people DESC`)
    const people = rows.map((row) => Number(row['people']))
    expect(people.filter((count) => count > 1000).length).toBeGreaterThanOrEqual(5)
    expect(people.at(-1)).toBeLessThan(20)
  })
})

describe('DSP', () => {
  test('an impression has one request tag, and clicks and view events name one that exists', async () => {
    expect(
      await data.rowsBreaking('(SELECT request_tag, count(*) AS n FROM dsp_impressions GROUP BY request_tag)', 'n = 1'),
    ).toEqual([])
    const impressions =
      '(SELECT request_tag, impression_dt_utc AS shown, creative_id AS shown_creative FROM dsp_impressions) i'
    expect(
      await data.rowsBreaking(
        `dsp_clicks c LEFT JOIN ${impressions} USING (request_tag)`,
        'c.click_dt_utc > shown AND c.creative_id = shown_creative',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `dsp_views v LEFT JOIN ${impressions} ON v.impression_id = i.request_tag`,
        'v.event_dt_utc > shown AND v.creative_id = shown_creative',
      ),
    ).toEqual([])
  })

  test('no creative has more clicks than impressions, and television has none', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT creative_id, count(*) AS shown FROM dsp_impressions GROUP BY creative_id)
       LEFT JOIN (SELECT creative_id, count(*) AS clicked FROM dsp_clicks GROUP BY creative_id) USING (creative_id)`,
        'coalesce(clicked, 0) <= shown',
      ),
    ).toEqual([])
    expect(await data.number(`SELECT count(*) FROM dsp_clicks WHERE campaign LIKE '%STV%'`)).toBe(0)
  })

  test('a seen impression has a MEASURABLE_IMP row and a VIEW row, and some impressions have no row', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT impression_id, count(*) FILTER (event_type = 'VIEW') AS views, count(*) FILTER (event_type = 'MEASURABLE_IMP') AS measured,
        count(*) AS rows_ FROM dsp_views GROUP BY impression_id)`,
        'views <= measured AND (views = 1 AND rows_ = 2 OR views = 0 AND rows_ = 1)',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        'dsp_views',
        `events = 1 AND viewable_impressions = (event_type = 'VIEW')::INT AND measurable_impressions = (event_type = 'MEASURABLE_IMP')::INT
       AND unmeasurable_viewable_impressions = (event_type = 'SYNTHETIC_VIEW')::INT`,
      ),
    ).toEqual([])
    const seen = await data.number('SELECT count(DISTINCT impression_id) FROM dsp_views')
    expect(seen).toBeLessThan(240_000 * 0.98)
  })

  test('player flags are steps, and are all 0 where the creative is no video', async () => {
    expect(
      await data.rowsBreaking(
        'dsp_video_events_feed',
        `impressions >= video_impression AND video_impression >= video_start AND video_start >= video_first_quartile
       AND video_first_quartile >= video_midpoint AND video_midpoint >= video_third_quartile AND video_third_quartile >= video_complete`,
      ),
    ).toEqual([])
    const flags = `video_impression + video_start + video_first_quartile + video_midpoint + video_third_quartile + video_complete + video_click
      + video_creative_view + video_mute + video_unmute + video_pause + video_resume + video_replay + video_skip_backward + video_skip_forward`
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM dsp_video_events_feed WHERE creative_category IS DISTINCT FROM 'Video')`,
        `${flags} = 0`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM dsp_video_events_feed WHERE creative_category = 'Video')`,
        'video_unmute <= video_mute AND video_resume <= video_pause',
      ),
    ).toEqual([])
  })

  test('the fees make up the impression cost, and the total differs only by an agency fee', async () => {
    expect(
      await data.rowsBreaking(
        'dsp_impressions',
        `impression_cost * 1000 = supply_cost + platform_fee + coalesce(managed_service_fee, 0) + audience_fee + third_party_fees + coalesce(ocm_fee, 0)`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM dsp_impressions WHERE advertiser <> 'Kestrel Ridge Outdoor')`,
        'total_cost = impression_cost',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM dsp_impressions WHERE advertiser = 'Kestrel Ridge Outdoor')`,
        'abs(total_cost - impression_cost * 1.05) < 0.001',
      ),
    ).toEqual([])
    const cpm = await data.number('SELECT 1000 * avg(total_cost) / 100000 FROM dsp_impressions')
    expect(cpm).toBeGreaterThan(3)
    expect(cpm).toBeLessThan(30)
  })

  test('budgets are above what was delivered', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT campaign_id, any_value(campaign_budget_amount) AS budget, any_value(line_item_budget_amount) AS line_budget, sum(total_cost) AS delivered
        FROM dsp_impressions GROUP BY campaign_id)`,
        'budget > delivered AND line_budget > delivered',
      ),
    ).toEqual([])
  })

  test('a campaign delivers within its dates, and its own columns never change', async () => {
    expect(
      await data.rowsBreaking(
        'dsp_impressions',
        'impression_dt >= campaign_start_date AND impression_dt < campaign_end_date',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT campaign_id_string, count(DISTINCT (campaign, advertiser, campaign_start_date, campaign_end_date, campaign_budget_amount,
        campaign_primary_goal, campaign_status, entity_id)) AS variants FROM dsp_impressions GROUP BY campaign_id_string)`,
        'variants = 1',
      ),
    ).toEqual([])
    for (const [name, parent] of [
      ['creative', 'line_item_id'],
      ['line_item', 'campaign_id'],
      ['campaign', 'entity_id'],
    ])
      expect(
        await data.rowsBreaking(
          `(SELECT ${name}, count(DISTINCT ${parent}) AS parents FROM dsp_impressions GROUP BY ${name})`,
          'parents = 1',
        ),
      ).toEqual([])
  })

  test('deals, durations and places are filled where they belong', async () => {
    expect(await data.rowsBreaking('dsp_impressions', '(deal_id IS NULL) = (deal_name IS NULL)')).toEqual([])
    expect(
      await data.rowsBreaking(
        'dsp_impressions',
        `(creative_duration IS NOT NULL) = (creative_category IS NOT DISTINCT FROM 'Video')`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM dsp_impressions WHERE iso_country_code = 'US')`,
        `postal_code SIMILAR TO 'US(-[0-9]{5})?' AND iso_state_province_code SIMILAR TO 'US-[A-Z]{2}' AND dma_code SIMILAR TO 'US-DMA[0-9]{3}'`,
      ),
    ).toEqual([])
    expect(await data.number(`SELECT count(*) FROM dsp_impressions WHERE postal_code = 'US'`)).toBeGreaterThan(100)
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM dsp_impressions WHERE campaign LIKE '%STV%')`,
        `line_item_type = 'AAP_VIDEO_CPM' AND device_type IN ('TV', 'ConnectedDevice')`,
      ),
    ).toEqual([])
  })
})

describe('sponsored ads', () => {
  const table = 'sponsored_ads_traffic'

  test('each row is exactly one impression, click or viewable impression', async () => {
    expect(await data.rowsBreaking(table, 'impressions + clicks + viewable_impressions = 1')).toEqual([])
    expect(
      await data.rowsBreaking(`(SELECT event_id, count(*) AS n FROM ${table} GROUP BY event_id)`, 'n = 1'),
    ).toEqual([])
  })

  test('CPC charges clicks only and vCPM viewable impressions only', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE line_item_price_type = 'CPC')`,
        '(spend > 0) = (clicks = 1) AND viewable_impressions = 0',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE line_item_price_type = 'VCPM')`,
        '(spend > 0) = (viewable_impressions = 1)',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE ad_product_type = 'sponsored_products')`,
        `line_item_price_type = 'CPC'`,
      ),
    ).toEqual([])
    const cpc = await data.number(
      `SELECT avg(spend) / 100000000 FROM ${table} WHERE line_item_price_type = 'CPC' AND clicks = 1`,
    )
    expect(cpc).toBeGreaterThan(0.5)
    expect(cpc).toBeLessThan(2)
  })

  test('the search term fits its keyword by match type', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE match_type = 'EXACT')`,
        `customer_search_term IN (targeting, targeting || 's')`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE match_type = 'PHRASE')`,
        'contains(customer_search_term, targeting)',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE match_type = 'BROAD')`,
        `len(list_filter(string_split(targeting, ' '), lambda word: NOT list_contains(string_split(customer_search_term, ' '), word))) = 0`,
      ),
    ).toEqual([])
  })

  test('columns are empty where a product has none of them', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE ad_product_type IN ('sponsored_display', 'sponsored_television'))`,
        'customer_search_term IS NULL AND is_amazon_business IS NULL',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands'))`,
        'customer_search_term IS NOT NULL AND is_amazon_business IS NOT NULL',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE ad_product_type IN ('sponsored_brands', 'sponsored_television'))`,
        'creative_asin IS NULL',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(table, `(five_sec_views IS NOT NULL) = (creative_type IS NOT DISTINCT FROM 'video')`),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE five_sec_views IS NOT NULL)`,
        `impressions >= five_sec_views AND five_sec_views >= video_first_quartile_views AND video_first_quartile_views >= video_midpoint_views
       AND video_midpoint_views >= video_third_quartile_views AND video_third_quartile_views >= video_complete_views`,
      ),
    ).toEqual([])
  })

  test('a bid for a segment stands on impressions of its people only', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT DISTINCT user_id, matched_behavior_segment_ids::INTEGER AS segment FROM ${table} WHERE matched_behavior_segment_ids IS NOT NULL)
         JOIN (SELECT DISTINCT user_id, user_behavior_segment_ids AS segments FROM dsp_impressions) USING (user_id)`,
        'list_contains(segments, segment)',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE matched_behavior_segment_ids IS NOT NULL)`,
        'impressions = 1 AND user_id IS NOT NULL',
      ),
    ).toEqual([])
  })

  test('the console code of a campaign differs from its number', async () => {
    expect(
      await data.rowsBreaking(
        table,
        `campaign_id_string SIMILAR TO 'A0[A-Z0-9]{18}' AND campaign_id_string <> campaign_id::VARCHAR`,
      ),
    ).toEqual([])
  })
})

describe('time', () => {
  const families = [
    ['dsp_impressions', 'impression'],
    ['dsp_clicks', 'impression'],
    ['dsp_clicks', 'click'],
    ['dsp_views', 'event'],
    ['dsp_video_events_feed', 'impression'],
    ['sponsored_ads_traffic', 'event'],
    ['amazon_attributed_events_by_conversion_time', 'conversion_event'],
    ['amazon_attributed_events_by_conversion_time', 'traffic_event'],
    ['conversions_with_relevance', 'event'],
  ] as const

  test.each(families)(
    'the columns of the time %s.%s agree, and local time follows the advertiser zone',
    async (table, name) => {
      const columns = loadSchema()
        .tables.find((candidate) => candidate.name === table)
        ?.columns.map((column) => column.name)
      for (const suffix of ['', '_utc']) {
        const dt = `${name}_dt${suffix}`
        const parts = [
          [`${name}_date${suffix}`, `${dt}::DATE`],
          [`${name}_dt_hour${suffix}`, `date_trunc('hour', ${dt})`],
          [`${name}_day${suffix}`, `dayofmonth(${dt})`],
          [`${name}_hour${suffix}`, `hour(${dt})`],
        ].filter(([column = '']) => columns?.includes(column))
        expect(parts.length).toBeGreaterThanOrEqual(2)
        expect(
          await data.rowsBreaking(table, parts.map(([column, value]) => `${column} = ${value}`).join(' AND ')),
        ).toEqual([])
      }
      expect(
        await data.rowsBreaking(table, `${name}_dt = timezone(advertiser_timezone, timezone('UTC', ${name}_dt_utc))`),
      ).toEqual([])
    },
  )

  test('at least one advertiser lives outside of UTC, and zones change with daylight saving', async () => {
    const rows = await data.rows(
      `SELECT advertiser_timezone AS zone, list_sort(list(DISTINCT date_diff('hour', impression_dt_utc, impression_dt)::INTEGER)) AS offsets
       FROM dsp_impressions GROUP BY 1 ORDER BY 1`,
    )
    expect(rows).toEqual([
      { zone: 'America/Chicago', offsets: [-6, -5] },
      { zone: 'America/Detroit', offsets: [-5, -4] },
      { zone: 'America/Los_Angeles', offsets: [-8, -7] },
      { zone: 'America/New_York', offsets: [-5, -4] },
      { zone: 'America/Toronto', offsets: [-5, -4] },
      { zone: 'Europe/London', offsets: [0, 1] },
    ])
  })

  test('promotion days are busier than the days around them, and buyers buy then', async () => {
    for (const [table, day] of [
      ['dsp_impressions', 'impression_date_utc'],
      ['sponsored_ads_traffic', 'event_date_utc'],
      ['conversions', 'event_date_utc'],
    ])
      expect(
        await data.number(
          `SELECT (count(*) FILTER (${day} IN (DATE '2026-10-08', DATE '2026-10-09')) / 2)
             / (count(*) FILTER (${day} IN (DATE '2026-10-06', DATE '2026-10-07', DATE '2026-10-13', DATE '2026-10-14')) / 4) FROM ${table}`,
        ),
        table,
      ).toBeGreaterThan(1.3)
  })

  test('television is watched in the evening, and weekends are busier', async () => {
    const evening = await data.number(
      `SELECT count(*) FILTER (impression_hour BETWEEN 18 AND 23) / count(*) FROM dsp_impressions WHERE campaign LIKE '%STV%' AND advertiser_timezone = 'America/New_York'`,
    )
    expect(evening).toBeGreaterThan(0.5)
    const weekend = await data.number(
      `SELECT count(*) FILTER (dayofweek(impression_date_utc) IN (0, 6)) / count(*) FROM dsp_impressions`,
    )
    expect(weekend).toBeGreaterThan(2 / 7)
  })
})

describe('Amazon Live', () => {
  test('each row is one impression, click or view of a carousel, beside a broadcast of the Sunday before', async () => {
    expect(
      await data.rowsBreaking(
        'amazon_live_traffic',
        `impressions + clicks + views = 1 AND ad_product_type = 'amazon_live' AND dayofweek(broadcast_date_utc) = 0
         AND broadcast_date_utc <= event_date_utc AND broadcast_date_utc > event_date_utc - 7`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT broadcast_id, count(DISTINCT (broadcast_name, broadcast_date_utc, advertiser)) AS variants FROM amazon_live_traffic GROUP BY 1)`,
        'variants = 1',
      ),
    ).toEqual([])
  })

  test('its parts of the time agree', async () => {
    expect(
      await data.rowsBreaking(
        'amazon_live_traffic',
        `event_date_utc = event_dt_utc::DATE AND event_dt_hour_utc = date_trunc('hour', event_dt_utc)
         AND event_day_utc = dayofmonth(event_dt_utc) AND event_hour_utc = hour(event_dt_utc)`,
      ),
    ).toEqual([])
  })
})
