import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestData, type BuiltData } from '../../testing/built-data.ts'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData({ families: ['segments'] })
})
afterAll(() => data.close())

const audienceTables = loadSchema()
  .tables.map(({ name }) => name)
  .filter((name) => name.startsWith('audience_segments_') && !name.endsWith('_for_audiences'))

describe('impressions by segment', () => {
  const tables = ['dsp_impressions_by_user_segments', 'dsp_impressions_by_matched_segments']

  test.each(tables)('%s repeats the columns of the impression unchanged', async (table) => {
    const columns = loadSchema()
      .tables.find(({ name }) => name === 'dsp_impressions')
      ?.columns.map(({ name }) => name)
    const same = columns?.map((name) => `s.${name} IS NOT DISTINCT FROM i.${name}`).join(' AND ') ?? 'false'
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE hash(request_tag) % 7 = 0) s LEFT JOIN dsp_impressions i USING (request_tag)`,
        same.replaceAll('s.request_tag IS NOT DISTINCT FROM i.request_tag', 'true'),
      ),
    ).toEqual([])
  })

  test('an impression stands once for each segment of its user', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT request_tag, list_sort(list(behavior_segment_id)) AS ids FROM dsp_impressions_by_user_segments GROUP BY request_tag)
         FULL JOIN (SELECT request_tag, list_sort(user_behavior_segment_ids) AS expected FROM dsp_impressions WHERE user_id IS NOT NULL) USING (request_tag)`,
        'ids = expected',
      ),
    ).toEqual([])
  })

  test('the matched ones are those of the impression, and the subset that the flag marks', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT request_tag, list_sort(list(behavior_segment_id)) AS ids FROM dsp_impressions_by_matched_segments GROUP BY request_tag)
         FULL JOIN (SELECT request_tag, matched_behavior_segment_ids AS expected FROM dsp_impressions WHERE len(matched_behavior_segment_ids) > 0)
           USING (request_tag)`,
        'ids = expected',
      ),
    ).toEqual([])
    expect(await data.rowsBreaking('dsp_impressions_by_matched_segments', 'behavior_segment_matched = 1')).toEqual([])
    expect(await data.number('SELECT sum(behavior_segment_matched) FROM dsp_impressions_by_user_segments')).toBe(
      await data.number('SELECT count(*) FROM dsp_impressions_by_matched_segments'),
    )
  })

  test.each(tables)('%s names segments as segment_metadata does', async (table) => {
    expect(
      await data.rowsBreaking(
        `(SELECT DISTINCT behavior_segment_id AS segment_id, segment_marketplace_id, behavior_segment_name, behavior_segment_description FROM ${table})
         LEFT JOIN segment_metadata USING (segment_id, segment_marketplace_id)`,
        'segment_name = behavior_segment_name AND segment_description = behavior_segment_description',
      ),
    ).toEqual([])
  })

  test('whom a campaign reaches differs from everybody: campers are over-represented where camping is sold', async () => {
    const share = (where: string) =>
      data.number(
        `SELECT count(DISTINCT user_id) FILTER (behavior_segment_name = 'IM - Camping and Hiking') / count(DISTINCT user_id)
         FROM dsp_impressions_by_user_segments WHERE ${where}`,
      )
    expect((await share(`advertiser = 'Kestrel Ridge Outdoor'`)) / (await share('true'))).toBeGreaterThan(1.15)
  })
})

describe('audience segments', () => {
  test.each(audienceTables)('%s names segments as segment_metadata does', async (table) => {
    expect(
      await data.rowsBreaking(
        `(SELECT DISTINCT segment_id, segment_marketplace_id, segment_name AS here FROM ${table})
         LEFT JOIN segment_metadata USING (segment_id, segment_marketplace_id)`,
        'segment_name = here',
      ),
    ).toEqual([])
  })

  test.each(audienceTables)('%s holds a person once for each segment and day', async (table) => {
    const day = table.endsWith('_snapshot') ? ', snapshot_datetime' : ''
    expect(
      await data.rowsBreaking(
        `(SELECT user_id, segment_id, segment_marketplace_id${day}, count(*) AS n FROM ${table} GROUP BY ALL)`,
        'n = 1',
      ),
    ).toEqual([])
  })

  test('an id is unique only together with its store', async () => {
    const keys = 'count(DISTINCT segment_id)'
    expect(await data.number(`SELECT count(*) - ${keys} FROM segment_metadata`)).toBeGreaterThan(0)
    expect(
      await data.rowsBreaking(
        '(SELECT segment_id, segment_marketplace_id, count(*) AS n FROM segment_metadata GROUP BY ALL)',
        'n = 1',
      ),
    ).toEqual([])
  })

  test('a region holds its own stores, two or more', async () => {
    const stores = async (region: string) =>
      (
        await data.rows(
          `SELECT DISTINCT segment_marketplace_id::INTEGER AS store FROM audience_segments_${region}_inmarket ORDER BY 1`,
        )
      ).map(({ store }) => store)
    expect(await stores('amer')).toEqual([1, 7])
    expect(await stores('eu')).toEqual([3, 4])
    expect(await stores('apac')).toEqual([6, 111172])
  })

  test('today, a person is in the segments that their impressions show', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT DISTINCT user_id, behavior_segment_id AS segment_id FROM dsp_impressions_by_user_segments
          WHERE segment_marketplace_id = 1 AND behavior_segment_name LIKE 'IM - %')
         LEFT JOIN (SELECT user_id, segment_id, true AS found FROM audience_segments_amer_inmarket) USING (user_id, segment_id)`,
        'found',
      ),
    ).toEqual([])
  })

  test('snapshots were taken on the first Thursday of each month, and people joined and left between them', async () => {
    const table = 'audience_segments_amer_lifestyle_snapshot'
    expect(
      await data.rowsBreaking(table, 'dayofweek(snapshot_datetime) = 4 AND dayofmonth(snapshot_datetime) <= 7'),
    ).toEqual([])
    expect(await data.number(`SELECT count(DISTINCT snapshot_datetime) FROM ${table}`)).toBe(13)
    const [change] = await data.rows(
      `SELECT count(*) FILTER (first AND NOT last)::INTEGER AS left, count(*) FILTER (last AND NOT first)::INTEGER AS joined FROM (
         SELECT user_id, segment_id, bool_or(snapshot_datetime = (SELECT min(snapshot_datetime) FROM ${table})) AS first,
           bool_or(snapshot_datetime = (SELECT max(snapshot_datetime) FROM ${table})) AS last FROM ${table} GROUP BY ALL)`,
    )
    expect(Number(change?.['left'])).toBeGreaterThan(500)
    expect(Number(change?.['joined'])).toBeGreaterThan(500)
  })

  test('large stores have hundreds of people in every segment, the smallest one has few', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT segment_name, count(DISTINCT user_id) AS people FROM audience_segments_amer_inmarket WHERE segment_marketplace_id = 1 GROUP BY ALL)`,
        'people >= 500',
      ),
    ).toEqual([])
    expect(
      await data.number(
        `SELECT min(people) FROM (SELECT segment_name, count(DISTINCT user_id) AS people FROM audience_segments_apac_inmarket GROUP BY segment_name, segment_marketplace_id)`,
      ),
    ).toBeLessThan(100)
  })
})
