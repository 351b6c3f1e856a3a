import { describe, expect, test } from 'vitest'
import { errorsOf, findingsOf, marked, mended } from '../../test/findings.ts'

/** A run over some days that is judged some days after its end. */
function run(days: number, later: number) {
  const end = new Date(Date.UTC(2026, 4, 1 + days))
  const window = { start: '2026-05-01T00:00:00', end: end.toISOString().slice(0, 19) }
  return { run: { window, now: new Date(end.getTime() + later * 86_400_000) } }
}

describe('AMC039: segment and video tables over long windows', () => {
  const code = 'AMC039'
  const segments =
    'SELECT behavior_segment_name, SUM(impressions) AS n FROM dsp_impressions_by_user_segments s GROUP BY 1'

  test('is said of the table, where a run is known', () => {
    expect(marked(code, segments)).toEqual([])
    expect(marked(code, segments, run(30, 20))).toEqual(['dsp_impressions_by_user_segments'])
    expect(findingsOf(code, segments, run(30, 20))[0]).toMatchObject({
      severity: 'warning',
      message:
        'dsp_impressions_by_user_segments is so large that queries over more than two days time out; this run reads 30 days of it',
    })
    const video =
      'WITH v AS (SELECT campaign AS c, video_complete AS n FROM dsp_video_events_feed) SELECT c, SUM(n) AS n FROM v GROUP BY c'
    expect(marked(code, video, run(7, 20))).toEqual(['dsp_video_events_feed'])
  })

  test('EXTEND_TIME_WINDOW counts', () => {
    const wide = segments.replace(
      'dsp_impressions_by_user_segments',
      "TABLE(EXTEND_TIME_WINDOW('dsp_impressions_by_user_segments', 'P28D', 'P0D'))",
    )
    expect(findingsOf(code, wide, run(1, 20))[0]?.message).toMatch(/reads 29 days/)
  })

  test('silent for a day or two, and for other tables', () => {
    expect(marked(code, segments, run(1, 20))).toEqual([])
    expect(marked(code, segments, run(2, 20))).toEqual([])
    expect(marked(code, 'SELECT SUM(impressions) AS n FROM dsp_impressions', run(90, 20))).toEqual([])
    expect(marked(code, 'SELECT COUNT(*) AS n FROM segment_metadata', run(90, 20))).toEqual([])
  })
})

describe('AMC040: conversions by traffic time', () => {
  const code = 'AMC040'
  const text = 'SELECT campaign, SUM(total_purchases) AS n FROM amazon_attributed_events_by_traffic_time t GROUP BY 1'

  test('in a window that ended less than 14 days ago', () => {
    expect(marked(code, text, run(30, 1))).toEqual(['amazon_attributed_events_by_traffic_time'])
    expect(findingsOf(code, text, run(30, 3))[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/^The window ended 3 days ago/),
      help: expect.stringMatching(/^Run it on 2026-06-14 or later/),
    })
    expect(findingsOf(code, text, run(30, -2))[0]?.message).toMatch(/^The window has not ended yet/)
  })

  test('through a WITH part; the other table is a choice', () => {
    const part =
      'WITH e AS (SELECT campaign AS c, total_purchases AS n FROM amazon_attributed_events_by_traffic_time) SELECT c, SUM(n) AS n FROM e GROUP BY c'
    expect(marked(code, part, run(30, 13))).toHaveLength(1)
    expect(findingsOf(code, part, run(30, 1))[0]?.fixes).toMatchObject([{ suggestion: true }])
  })

  test('S-080: or than what the instance is set to', () => {
    const settledIn = (days: number) => ({ run: { ...run(30, 20).run, settledAfterDays: days } })
    expect(findingsOf(code, text, settledIn(28))[0]?.message).toMatch(/until 28 days later/)
    expect(marked(code, text, settledIn(20))).toEqual([])
  })

  test('silent after 14 days, without a run, and by conversion time', () => {
    expect(marked(code, text, run(30, 14))).toEqual([])
    expect(marked(code, text)).toEqual([])
    expect(marked(code, text.replace('traffic', 'conversion'), run(30, 1))).toEqual([])
    expect(errorsOf(text)).toEqual([])
    expect(mended(code, text)).toBeNull()
  })
})
