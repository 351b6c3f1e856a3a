import { describe, expect, test } from 'vitest'
import { findingsOf, marked } from '../../test/findings.ts'

const perUser =
  'SELECT user_id, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id'

describe('AMC027: a join that repeats rows before a total', () => {
  const code = 'AMC027'

  test('raw events joined by user', () => {
    const text = `SELECT i.campaign, SUM(i.impressions) AS n, SUM(c.clicks) AS m FROM dsp_impressions i
      INNER JOIN dsp_clicks c ON c.user_id = i.user_id GROUP BY i.campaign`
    expect(marked(code, text)).toEqual(['INNER JOIN dsp_clicks c ON c.user_id = i.user_id'])
    expect(findingsOf(code, text)).toMatchObject([
      {
        severity: 'warning',
        message:
          'SUM(i.impressions) and SUM(c.clicks) count rows several times: this join can find several rows of c for one of i',
      },
    ])
  })

  test('through WITH parts and aliases', () => {
    const joined = `WITH i AS (SELECT user_id AS u, campaign, impressions AS n FROM dsp_impressions),
      j AS (SELECT i.campaign AS c, i.n AS seen, k.clicks FROM i LEFT JOIN dsp_clicks k ON k.user_id = i.u),
      p AS (SELECT c AS name, seen AS total FROM j)
      SELECT name, SUM(total) AS n FROM p GROUP BY name`
    expect(marked(code, joined)).toEqual(['LEFT JOIN dsp_clicks k ON k.user_id = i.u'])
    expect(findingsOf(code, joined)[0]?.message).toMatch(/^SUM\(total\) counts rows several times/)
  })

  test('one row per user and campaign, joined by user; and the one row per user beside raw events', () => {
    const parts = `WITH u AS (${perUser}),
      v AS (SELECT user_id, campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY user_id, campaign)`
    expect(marked(code, `${parts} SELECT SUM(u.impressions) AS n FROM u INNER JOIN v USING (user_id)`)).toEqual([
      'INNER JOIN v USING (user_id)',
    ])
    expect(marked(code, `${parts} SELECT SUM(v.clicks) AS n FROM u INNER JOIN v USING (user_id)`)).toEqual([])
    const raw = `${parts} SELECT k.campaign, SUM(u.impressions) AS n FROM dsp_clicks k INNER JOIN u ON u.user_id = k.user_id GROUP BY 1`
    expect(marked(code, raw)).toHaveLength(1)
  })

  test('COUNT(*) over two tables of events counts pairs', () => {
    const text = (condition: string) =>
      `SELECT COUNT(*) AS n FROM dsp_impressions i INNER JOIN dsp_clicks c ON ${condition}`
    expect(marked(code, text('c.user_id = i.user_id'))).toHaveLength(1)
    expect(marked(code, text('c.user_id = i.user_id AND c.click_dt_utc > i.impression_dt_utc'))).toEqual([])
    expect(marked(code, text('c.request_tag = i.request_tag'))).toEqual([])
  })

  test('views of an impression are several rows', () => {
    const text = `SELECT i.campaign, SUM(i.impressions) AS n FROM dsp_impressions i
      INNER JOIN dsp_views v ON v.impression_id = i.request_tag GROUP BY i.campaign`
    expect(marked(code, text)).toHaveLength(1)
  })

  test('silent where the other side has one row per key', () => {
    const total = 'SELECT i.campaign, SUM(i.impressions) AS n FROM dsp_impressions i'
    for (const [part, join] of [
      ['b AS (SELECT user_id FROM dsp_clicks GROUP BY user_id)', 'INNER JOIN b ON b.user_id = i.user_id'],
      ['b AS (SELECT DISTINCT user_id FROM dsp_clicks)', 'LEFT JOIN b USING (user_id)'],
      ["b (id, label) AS (VALUES (1, 'a'), (2, 'b'))", 'INNER JOIN b ON b.id = i.campaign_id'],
      ['b AS (SELECT COUNT(*) AS n FROM dsp_clicks)', 'CROSS JOIN b'],
      [
        'b AS (SELECT user_id FROM dsp_clicks UNION SELECT user_id FROM sponsored_ads_traffic)',
        'INNER JOIN b ON b.user_id = i.user_id',
      ],
      [
        'r AS (SELECT user_id, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY click_dt_utc) AS rn FROM dsp_clicks), b AS (SELECT user_id FROM r WHERE rn = 1)',
        'INNER JOIN b ON b.user_id = i.user_id',
      ],
      [
        "b AS (SELECT user_id, campaign, 'x' AS kind FROM dsp_clicks GROUP BY 1, 2, 3)",
        "INNER JOIN b ON b.user_id = i.user_id AND b.campaign = 'y'",
      ],
      ['b AS (SELECT segment_id FROM segment_metadata)', 'INNER JOIN b ON b.segment_id = i.campaign_id'],
    ])
      expect(marked(code, `WITH ${part} ${total} ${join} GROUP BY i.campaign`), join).toEqual([])
  })

  test('silent where the total is no sum: distinct, least, greatest', () => {
    const text = `SELECT i.campaign, COUNT(DISTINCT c.user_id) AS n, MIN(i.impressions) AS a, MAX(c.clicks) AS b
      FROM dsp_impressions i INNER JOIN dsp_clicks c ON c.user_id = i.user_id GROUP BY i.campaign`
    expect(marked(code, text)).toEqual([])
  })

  test('silent where the rows of one group meet one row each', () => {
    const text = `WITH u AS (${perUser}), v AS (SELECT user_id, campaign FROM dsp_clicks GROUP BY user_id, campaign)
      SELECT v.campaign, SUM(u.impressions) AS n FROM u INNER JOIN v ON v.user_id = u.user_id GROUP BY v.campaign`
    expect(marked(code, text)).toEqual([])
  })

  const touches = `WITH t AS (SELECT user_id, campaign, impression_dt_utc AS dt FROM dsp_impressions WHERE user_id IS NOT NULL),
    c AS (SELECT conversion_id, user_id, event_dt_utc AS dt, total_product_sales AS sales FROM conversions),`

  test('silent for custom attribution: the first touch, and weights over all touches', () => {
    const first = `${touches} r AS (SELECT t.campaign, c.sales, ROW_NUMBER() OVER (PARTITION BY c.conversion_id ORDER BY t.dt) AS rn
        FROM c INNER JOIN t ON t.user_id = c.user_id AND t.dt <= c.dt)
      SELECT campaign, SUM(sales) AS sales FROM r WHERE rn = 1 GROUP BY campaign`
    expect(marked(code, first)).toEqual([])
    expect(
      marked(
        code,
        first.replace('SUM(sales)', 'SUM(CASE WHEN rn = 1 THEN sales ELSE 0 END)').replace('WHERE rn = 1', ''),
      ),
    ).toEqual([])
    const linear = `${touches} r AS (SELECT t.campaign, c.sales, COUNT(*) OVER (PARTITION BY c.conversion_id) AS touches
        FROM c INNER JOIN t ON t.user_id = c.user_id AND t.dt <= c.dt)
      SELECT campaign, SUM(sales / touches) AS sales FROM r GROUP BY campaign`
    expect(marked(code, linear)).toEqual([])
    const all = first.replace('WHERE rn = 1', '')
    expect(marked(code, all)).toHaveLength(1)
  })

  test('silent for overlap: users of each side, then one row per user', () => {
    const text = `WITH d AS (SELECT user_id, SUM(impressions) AS n FROM dsp_impressions GROUP BY user_id),
      s AS (SELECT user_id, SUM(impressions) AS n FROM sponsored_ads_traffic GROUP BY user_id),
      b AS (SELECT COALESCE(d.user_id, s.user_id) AS user_id, d.n AS dsp, s.n AS ads FROM d FULL OUTER JOIN s ON s.user_id = d.user_id),
      p AS (SELECT user_id, SUM(total_purchases) AS purchases FROM amazon_attributed_events_by_conversion_time GROUP BY user_id)
      SELECT IF(b.dsp IS NULL, 'ads', 'dsp') AS g, COUNT(DISTINCT b.user_id) AS users, SUM(p.purchases) AS purchases, SUM(b.dsp) AS n
      FROM b LEFT JOIN p ON p.user_id = b.user_id GROUP BY 1`
    expect(marked(code, text)).toEqual([])
  })

  test('nothing is said of a table that nobody knows, nor of what is made of it', () => {
    const part = 'WITH c AS (SELECT user_id, SUM(amount) AS a FROM crm GROUP BY user_id) '
    expect(
      marked(
        code,
        `${part}SELECT SUM(i.impressions) AS n FROM dsp_impressions i INNER JOIN c ON c.user_id = i.user_id`,
      ),
    ).toEqual([])
    expect(
      marked(code, 'SELECT SUM(i.impressions) AS n FROM dsp_impressions i INNER JOIN crm c ON c.user_id = i.user_id'),
    ).toEqual([])
  })
})

describe('AMC038: distinct counts are not added', () => {
  const code = 'AMC038'
  const reach = 'WITH r AS (SELECT campaign, COUNT(DISTINCT user_id) AS reach FROM dsp_impressions GROUP BY campaign)'

  test('the reach of campaigns', () => {
    const text = `${reach} SELECT SUM(reach) AS reach FROM r`
    expect(marked(code, text)).toEqual(['SUM(reach)'])
    expect(findingsOf(code, text)[0]?.message).toBe(
      'reach is COUNT(DISTINCT user_id) of each group; who is in two groups is added twice',
    )
  })

  test('through WITH parts, aliases, COALESCE and windows', () => {
    expect(
      marked(code, `${reach}, s AS (SELECT campaign AS c, reach AS people FROM r) SELECT SUM(people) AS n FROM s`),
    ).toEqual(['SUM(people)'])
    expect(
      marked(
        code,
        `${reach} SELECT campaign, COALESCE(reach, 0) / NULLIF(SUM(COALESCE(reach, 0)) OVER (), 0) AS share FROM r`,
      ),
    ).toEqual(['SUM(COALESCE(reach, 0))  OVER ()'.replace('  ', ' ')])
  })

  test('the reach of days per campaign, and of both halves of a union', () => {
    const days = `WITH d AS (SELECT campaign, impression_date AS day_of, COUNT(DISTINCT user_id) AS reach FROM dsp_impressions GROUP BY 1, 2)
      SELECT campaign, SUM(reach) AS reach FROM d GROUP BY campaign`
    expect(marked(code, days)).toEqual(['SUM(reach)'])
    const union = `WITH u AS (SELECT campaign, COUNT(DISTINCT user_id) AS reach FROM dsp_impressions GROUP BY 1
        UNION ALL SELECT campaign, COUNT(DISTINCT user_id) FROM sponsored_ads_traffic GROUP BY 1)
      SELECT SUM(reach) AS reach FROM u`
    expect(marked(code, union)).toEqual(['SUM(reach)'])
  })

  test('silent where everybody is in one group: frequency, overlap, first week', () => {
    const frequency = `WITH u AS (SELECT campaign, user_id, SUM(impressions) AS n FROM dsp_impressions GROUP BY campaign, user_id),
      f AS (SELECT campaign, LEAST(n, 10) AS bucket, COUNT(DISTINCT user_id) AS users FROM u GROUP BY 1, 2)`
    const share = 'SELECT campaign, bucket, users / NULLIF(SUM(users) OVER (PARTITION BY campaign), 0) AS share FROM f'
    expect(marked(code, `${frequency} ${share}`)).toEqual([])
    expect(marked(code, `${frequency} ${share.replace('PARTITION BY campaign', '')}`)).toHaveLength(1)
    const overlap = `WITH u AS (SELECT user_id, MAX(IF(clicks > 0, 1, 0)) AS clicked FROM sponsored_ads_traffic GROUP BY user_id),
      g AS (SELECT clicked, COUNT(DISTINCT user_id) AS users FROM u GROUP BY clicked)
      SELECT clicked, 100 * users / NULLIF(SUM(users) OVER (), 0) AS share FROM g`
    expect(marked(code, overlap)).toEqual([])
  })

  test('silent for ids that are no people', () => {
    const text = `WITH v AS (SELECT ingress_type, referrer_domain, COUNT(DISTINCT visit_id) AS visits FROM amazon_brand_store_page_views GROUP BY 1, 2)
      SELECT ingress_type, SUM(visits) AS visits FROM v GROUP BY 1`
    expect(marked(code, text)).toEqual([])
  })

  test('silent for what is unique, for one row per group, and for averages', () => {
    const orders = `WITH o AS (SELECT event_date_utc, COUNT(DISTINCT conversion_id) AS orders FROM conversions GROUP BY 1) SELECT SUM(orders) AS orders FROM o`
    expect(marked(code, orders)).toEqual([])
    expect(marked(code, `${reach} SELECT campaign, SUM(reach) AS reach FROM r GROUP BY campaign`)).toEqual([])
    expect(marked(code, `${reach} SELECT AVG(reach) AS average, MAX(reach) AS most FROM r`)).toEqual([])
  })
})
