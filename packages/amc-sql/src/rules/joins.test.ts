import { describe, expect, test } from 'vitest'
import { errorsOf, findingsOf, marked, mended } from '../../test/findings.ts'

describe('AMC028: request_tag', () => {
  const code = 'AMC028'
  const join = (condition: string, left = 'dsp_impressions i', right = 'dsp_clicks c') =>
    `SELECT COUNT(DISTINCT i.user_id) AS n FROM ${left} INNER JOIN ${right} ON ${condition}`

  test('between tables of Amazon DSP, by ON, by USING and in WHERE', () => {
    expect(marked(code, join('i.request_tag = c.request_tag'))).toEqual(['i.request_tag = c.request_tag'])
    const using =
      'SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i INNER JOIN dsp_clicks c USING (request_tag)'
    expect(marked(code, using)).toEqual(['request_tag'])
    const where =
      'SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i, dsp_clicks c WHERE i.request_tag = c.request_tag'
    expect(marked(code, where)).toEqual(['i.request_tag = c.request_tag'])
  })

  test('through a WITH part and an alias', () => {
    const text = `WITH c AS (SELECT request_tag AS tag FROM dsp_clicks GROUP BY request_tag)
      SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i INNER JOIN c ON c.tag = i.request_tag`
    expect(marked(code, text)).toEqual(['c.tag = i.request_tag'])
  })

  test('with an attributed table it loses sponsored ads, and with their traffic it finds nothing', () => {
    const attributed = 'amazon_attributed_events_by_conversion_time c'
    expect(findingsOf(code, join('i.request_tag = c.request_tag', undefined, attributed))[0]?.message).toBe(
      'request_tag is empty for sponsored ads in amazon_attributed_events_by_conversion_time, so this join drops their conversions',
    )
    const ads = join('i.event_id = c.request_tag', 'sponsored_ads_traffic i', attributed)
    expect(findingsOf(code, ads)[0]?.message).toBe(
      'request_tag is an id of Amazon DSP and never equals sponsored_ads_traffic.event_id',
    )
    expect(mended(code, ads)).toBe(ads.replace('c.request_tag', 'c.traffic_event_id'))
    expect(marked(code, mended(code, ads) ?? '')).toEqual([])
  })

  test('silent for the other ids, for views, and for a tag that is only counted', () => {
    expect(
      marked(
        code,
        join(
          'i.event_id = c.traffic_event_id',
          'sponsored_ads_traffic i',
          'amazon_attributed_events_by_conversion_time c',
        ),
      ),
    ).toEqual([])
    expect(marked(code, join('i.request_tag = v.impression_id', undefined, 'dsp_views v'))).toEqual([])
    expect(
      marked(code, join("i.user_id = c.user_id AND i.request_tag <> c.request_tag AND c.request_tag = 'x'")),
    ).toEqual([])
    expect(marked(code, 'SELECT COUNT(DISTINCT request_tag) AS n FROM dsp_impressions')).toEqual([])
  })
})

describe('AMC029: join conditions', () => {
  const code = 'AMC029'
  const from = 'SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i'

  test('always true', () => {
    expect(marked(code, `${from} INNER JOIN dsp_clicks c ON 1 = 1`)).toEqual(['1 = 1'])
    expect(marked(code, `${from} INNER JOIN dsp_clicks c ON TRUE`)).toEqual(['TRUE'])
    expect(marked(code, `${from} INNER JOIN dsp_clicks c ON i.user_id = i.user_id`)).toEqual(['i.user_id = i.user_id'])
    expect(marked(code, `${from} INNER JOIN dsp_clicks c ON c.user_id = i.user_id OR 1 = 1`)).toHaveLength(1)
  })

  test('CROSS JOIN is written in its place, for LEFT JOIN by choice', () => {
    expect(mended(code, `${from} INNER JOIN dsp_clicks c ON (1 = 1) WHERE c.clicks > 0`)).toBe(
      `${from} CROSS JOIN dsp_clicks c WHERE c.clicks > 0`,
    )
    const left = `${from} LEFT JOIN dsp_clicks c ON 1 = 1`
    expect(mended(code, left)).toBeNull()
    expect(mended(code, left, 'Write CROSS')).toBe(`${from} CROSS JOIN dsp_clicks c`)
    expect(errorsOf(mended(code, left, 'Write CROSS') ?? '')).toEqual([])
  })

  test('nothing of one side in it; also for WITH parts with many rows', () => {
    expect(marked(code, `${from} INNER JOIN dsp_clicks c ON c.clicks > 0`)).toEqual(['c.clicks > 0'])
    const part = 'WITH k AS (SELECT user_id AS u, clicks FROM dsp_clicks)'
    expect(marked(code, `${part} ${from} LEFT JOIN k ON k.u = k.u`)).toEqual(['k.u = k.u'])
  })

  test('tables side by side', () => {
    expect(marked(code, `${from}, dsp_clicks c`)).toEqual(['dsp_clicks c'])
    expect(mended(code, `${from}, dsp_clicks c`, 'Write CROSS')).toBe(`${from} CROSS JOIN dsp_clicks c`)
    expect(marked(code, `${from}, dsp_clicks c WHERE c.user_id = i.user_id`)).toEqual([])
  })

  test('silent for real keys, ranges, one row, lists of values and CROSS JOIN', () => {
    for (const rest of [
      'INNER JOIN dsp_clicks c ON c.user_id = i.user_id',
      'INNER JOIN dsp_clicks c ON c.click_dt_utc > i.impression_dt_utc AND c.user_id = i.user_id',
      'CROSS JOIN dsp_clicks c',
      'INNER JOIN t ON t.n > 5',
      'INNER JOIN v ON v.id > 1',
      ', t',
      ', v',
      'INNER JOIN dsp_clicks c ON {{condition}}',
    ])
      expect(
        marked(code, `WITH t AS (SELECT COUNT(*) AS n FROM dsp_clicks), v (id) AS (VALUES (1), (2)) ${from} ${rest}`),
        rest,
      ).toEqual([])
  })
})
