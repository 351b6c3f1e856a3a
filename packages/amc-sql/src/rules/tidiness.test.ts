import { describe, expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { errorsOf, findingsOf, marked, mended } from '../../test/findings.ts'
import { analyze, fixAll } from '../../test/judged.ts'

describe('AMC041: fine rows', () => {
  const code = 'AMC041'
  const by = (keys: string) => `SELECT ${keys}, SUM(impressions) AS n FROM dsp_impressions GROUP BY ${keys}`

  test('a column of class HIGH or an hour with several others', () => {
    const text = by('postal_code, impression_hour_utc, line_item')
    expect(marked(code, text)).toEqual(['postal_code, impression_hour_utc, line_item'])
    expect(findingsOf(code, text)[0]).toMatchObject({
      severity: 'info',
      message:
        'Rows per postal_code, impression_hour_utc, line_item hold few people each, and postal_code disappears from those with fewer than 100',
    })
    expect(marked(code, by('campaign, device_type, impression_hour'))).toHaveLength(1)
    const part = `WITH t AS (SELECT postal_code AS p, impression_date AS d, campaign AS c, impressions FROM dsp_impressions) SELECT p, d, c, SUM(impressions) AS n FROM t GROUP BY 1, 2, 3`
    expect(marked(code, part)).toEqual(['1, 2, 3'])
  })

  test('silent for coarse rows, for columns of one kind, and inside WITH parts', () => {
    for (const keys of [
      'postal_code',
      'campaign, postal_code',
      'advertiser, campaign, campaign_id, line_item, postal_code',
      'campaign, impression_hour, impression_date',
      'campaign, device_type, supply_source',
    ])
      expect(marked(code, by(keys)), keys).toEqual([])
    expect(
      marked(code, `WITH t AS (${by('postal_code, impression_hour_utc, line_item')}) SELECT SUM(n) AS n FROM t`),
    ).toEqual([])
  })
})

describe('AMC045: what nobody reads', () => {
  const code = 'AMC045'

  test('a WITH part, with its fix', () => {
    const text =
      'WITH a AS (SELECT campaign FROM dsp_clicks), b AS (SELECT DISTINCT campaign FROM dsp_impressions)\nSELECT campaign FROM b'
    expect(findingsOf(code, text)).toMatchObject([{ severity: 'info', message: 'Nothing reads the WITH part a' }])
    expect(marked(code, text)).toEqual(['a'])
    expect(mended(code, text)).toBe('WITH b AS (SELECT DISTINCT campaign FROM dsp_impressions)\nSELECT campaign FROM b')
    const only = 'WITH a AS (SELECT campaign FROM dsp_clicks)\nSELECT DISTINCT campaign FROM dsp_impressions'
    expect(mended(code, only)).toBe('SELECT DISTINCT campaign FROM dsp_impressions')
  })

  test('a chain of parts that only each other read goes in rounds', () => {
    const text = `WITH a AS (SELECT campaign FROM dsp_clicks), b AS (SELECT campaign FROM a), c AS (SELECT DISTINCT campaign FROM dsp_impressions) SELECT campaign FROM c`
    expect(marked(code, text)).toEqual(['b'])
    expect(fixAll(text, catalogue).text).toBe(
      'WITH c AS (SELECT DISTINCT campaign FROM dsp_impressions) SELECT campaign FROM c',
    )
  })

  test('a column of a part, also of a union and of a list of names', () => {
    const text =
      'WITH a AS (SELECT campaign AS c, line_item AS l, impressions FROM dsp_impressions) SELECT c, SUM(impressions) AS n FROM a GROUP BY c'
    expect(marked(code, text)).toEqual(['line_item AS l'])
    expect(mended(code, text)).toBe(text.replace(', line_item AS l', ''))
    const union = `WITH a AS (SELECT campaign, line_item, clicks FROM dsp_clicks UNION ALL SELECT campaign, line_item, clicks FROM sponsored_ads_traffic) SELECT campaign, SUM(clicks) AS n FROM a GROUP BY 1`
    expect(mended(code, union)).toBe(union.replaceAll(', line_item', ''))
    const named =
      'WITH a (c, l, n) AS (SELECT campaign, line_item, clicks FROM dsp_clicks) SELECT c, SUM(n) AS n FROM a GROUP BY 1'
    expect(mended(code, named)).toBe(
      'WITH a (c, n) AS (SELECT campaign, clicks FROM dsp_clicks) SELECT c, SUM(n) AS n FROM a GROUP BY 1',
    )
  })

  test('where positions would move, it is left to a person', () => {
    const text = (group: string) =>
      `WITH a AS (SELECT MAX(clicks) AS m, campaign AS c, SUM(clicks) AS n FROM dsp_clicks GROUP BY ${group}) SELECT c, SUM(n) AS n FROM a GROUP BY c`
    expect(marked(code, text('2'))).toEqual(['MAX(clicks) AS m'])
    expect(mended(code, text('2'))).toBeNull()
    expect(mended(code, text('campaign'))).toBe(text('campaign').replace('MAX(clicks) AS m, ', ''))
  })

  test('silent for group keys, DISTINCT, UNION, stars, USING, subqueries and lists', () => {
    for (const text of [
      'WITH a AS (SELECT user_id, campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY user_id, campaign) SELECT campaign, SUM(n) AS n FROM a GROUP BY 1',
      'WITH a AS (SELECT DISTINCT user_id, campaign FROM dsp_clicks) SELECT campaign, COUNT(*) AS n FROM a GROUP BY 1',
      'WITH a AS (SELECT user_id, campaign FROM dsp_clicks UNION SELECT user_id, campaign FROM dsp_impressions) SELECT campaign, COUNT(*) AS n FROM a GROUP BY 1',
      'WITH a AS (SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1) SELECT * FROM a',
      'WITH a AS (SELECT user_id, clicks FROM dsp_clicks) SELECT MAX(a.clicks) AS n FROM dsp_impressions INNER JOIN a USING (user_id)',
      'WITH a AS (SELECT user_id AS u FROM dsp_clicks) SELECT COUNT(*) AS n FROM dsp_impressions WHERE user_id IN (SELECT u FROM a)',
      "WITH a (id, label) AS (VALUES ('1', 'x')) SELECT COUNT(*) AS n FROM dsp_impressions INNER JOIN a ON a.id = campaign_id_string",
      'WITH a AS (SELECT campaign, clicks FROM dsp_clicks) SELECT COUNT(*) AS n FROM a',
      'WITH a AS (SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1 HAVING n > 5) SELECT campaign, 1 AS one FROM a',
    ])
      expect(marked(code, text), text).toEqual([])
  })

  test('nothing is said while the text is unfinished or a name is wrong', () => {
    expect(marked(code, 'WITH a AS (SELECT campaign FROM dsp_clicks) SELECT campaign FROM')).toEqual([])
    expect(
      marked(
        code,
        'WITH a AS (SELECT campaign, clicks FROM dsp_clicks) SELECT campaign, SUM(click) AS n FROM a GROUP BY 1',
      ),
    ).toEqual([])
  })
})

describe('AMC046: campaign_id across products', () => {
  const code = 'AMC046'

  test('in a join, mended at once', () => {
    const text = `SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i INNER JOIN sponsored_ads_traffic s ON s.campaign_id = i.campaign_id`
    expect(findingsOf(code, text)[0]).toMatchObject({ severity: 'info' })
    expect(mended(code, text)).toContain('ON s.campaign_id_string = i.campaign_id_string')
  })

  test('through WITH parts and aliases', () => {
    const text = `WITH d AS (SELECT campaign_id AS c FROM dsp_impressions GROUP BY 1), s AS (SELECT campaign_id AS k FROM sponsored_ads_traffic GROUP BY 1)
      SELECT COUNT(*) AS n FROM d INNER JOIN s ON s.k = d.c`
    expect(marked(code, text)).toEqual(['s.k = d.c'])
  })

  test('in a union, as a choice', () => {
    const text = `WITH t AS (SELECT campaign_id, impressions FROM dsp_impressions UNION ALL SELECT campaign_id AS campaign_id, impressions FROM sponsored_ads_traffic) SELECT campaign_id, SUM(impressions) AS n FROM t GROUP BY 1`
    expect(marked(code, text)).toEqual(['campaign_id AS campaign_id'])
    const mend = mended(code, text, 'Use campaign_id_string') ?? ''
    expect(mend).toContain('SELECT campaign_id_string AS campaign_id, impressions FROM dsp_impressions')
    expect(mend).toContain('SELECT campaign_id_string AS campaign_id, impressions FROM sponsored_ads_traffic')
    expect(errorsOf(mend)).toEqual([])
  })

  test('silent for the text, and within one product', () => {
    for (const on of ['s.campaign_id_string = i.campaign_id_string', 's.campaign = i.campaign'])
      expect(
        marked(
          code,
          `SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i INNER JOIN sponsored_ads_traffic s ON ${on}`,
        ),
      ).toEqual([])
    expect(
      marked(
        code,
        'SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i INNER JOIN dsp_clicks c ON c.campaign_id = i.campaign_id INNER JOIN sponsored_ads_traffic s ON s.user_id = i.user_id',
      ),
    ).toEqual([])
    expect(
      marked(
        code,
        'SELECT COUNT(*) AS n FROM sponsored_ads_traffic s INNER JOIN amazon_attributed_events_by_conversion_time a ON a.campaign_id = s.campaign_id',
      ),
    ).toEqual([])
  })
})

describe('AMC047: reserved words', () => {
  const code = 'AMC047'

  test('as an alias, a WITH part or a column of one; the fix quotes every use', () => {
    const text = `WITH result (day, n) AS (SELECT impression_date, SUM(impressions) FROM dsp_impressions GROUP BY 1)
      SELECT result.day AS date, n FROM result`
    expect(marked(code, text)).toEqual(['result', 'day', 'date'])
    expect(findingsOf(code, text)[0]).toMatchObject({ severity: 'info', message: 'result is a reserved word' })
    expect(errorsOf(text)).toEqual([])
    const one = 'SELECT impression_date AS day, SUM(impressions) AS n FROM dsp_impressions GROUP BY day'
    expect(mended(code, one)).toBe(
      'SELECT impression_date AS "day", SUM(impressions) AS n FROM dsp_impressions GROUP BY "day"',
    )
    expect(analyze(mended(code, one) ?? '', catalogue).diagnostics).toEqual([])
  })

  test('silent in quotes and for other names', () => {
    expect(
      marked(code, 'SELECT impression_date AS "date", SUM(impressions) AS n FROM dsp_impressions GROUP BY 1'),
    ).toEqual([])
    expect(
      marked(
        code,
        'SELECT impression_date AS event_day, SUM(impressions) AS impressions FROM dsp_impressions i GROUP BY 1',
      ),
    ).toEqual([])
    expect(
      marked(
        code,
        "SELECT EXTRACT(DAY FROM impression_date) AS d, DATE_TRUNC('DAY', impression_dt) AS t, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1, 2",
      ),
    ).toEqual([])
  })
})

describe('AMC048: names', () => {
  const code = 'AMC048'

  test('a query in FROM without a name, also inside a WITH part', () => {
    const inner = 'SELECT campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY campaign'
    const text = `SELECT campaign, n FROM (${inner}) WHERE n > 5`
    expect(marked(code, text)).toEqual([')'])
    expect(mended(code, text)).toBe(`SELECT campaign, n FROM (${inner}) AS part WHERE n > 5`)
    expect(marked(code, `WITH t AS (${text}) SELECT campaign AS c, n AS m FROM t`)).toEqual([')'])
    expect(marked(code, `SELECT campaign, n FROM (${inner}) t`)).toEqual([])
    expect(marked(code, `WITH t AS (${inner}) SELECT campaign, n FROM t`)).toEqual([])
  })

  test('positions that no longer fit the list', () => {
    const text = (group: string) => `SELECT campaign, line_item, SUM(clicks) AS n FROM dsp_clicks GROUP BY ${group}`
    expect(marked(code, text('1'))).toEqual(['1'])
    expect(mended(code, text('1'))).toBe(text('campaign, line_item'))
    expect(marked(code, text('1, 3'))).toEqual(['1, 3'])
    expect(marked(code, text('1, 2, 2'))).toEqual(['1, 2, 2'])
    expect(marked(code, text('1, 2'))).toEqual([])
    expect(marked(code, text('campaign, line_item'))).toEqual([])
  })
})

test('AMC009: an old column names the one that replaced it, where that is known', () => {
  const text = 'SELECT i.campaign, MAX(i.winning_bid_cost) / 100000000 AS bid FROM dsp_impressions i GROUP BY 1'
  expect(findingsOf('AMC009', text)).toMatchObject([
    {
      severity: 'warning',
      help: 'It may be gone from your instance; use bid_price instead',
      fixes: [{ suggestion: true }],
    },
  ])
  expect(mended('AMC009', text, 'Write bid_price')).toBe(text.replace('winning_bid_cost', 'bid_price'))
  expect(findingsOf('AMC009', 'SELECT MAX(request_dt) AS t FROM dsp_impressions')[0]?.help).toBe(
    'It may be gone from your instance',
  )
})
