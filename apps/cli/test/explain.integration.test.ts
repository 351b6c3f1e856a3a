import { describe, expect, test } from 'vitest'
import { recomamp } from './recomamp.ts'

const journeys = `WITH journeys (u, seen) AS (
  SELECT user_id, SUM(impressions) FROM dsp_impressions WHERE campaign IN {{names}} GROUP BY 1
)
SELECT a.postal_code, COUNT(DISTINCT j.u) AS users, SUM(j.seen) AS seen, CUSTOM_PARAMETER('label') AS label
FROM journeys j JOIN TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P1D')) a ON a.user_id = j.u
GROUP BY a.postal_code`

const explain = (input: string, args: string[] = []) =>
  recomamp(['sql', 'explain', ...args, '--window-start', '2026-10-01', '--window-end', '2026-10-08'], { input })

describe('--json', () => {
  test('columns with type, class and lineage; tables with windows; parameters; the threshold of a row; the SQL', async () => {
    const { code, stdout, stderr } = await explain(journeys, ['--json'])
    expect([code, stderr]).toEqual([0, ''])
    const read = JSON.parse(stdout)
    const through = (column: string) => [{ column, relation: 'journeys' }]
    expect(read).toMatchObject({
      columns: [
        {
          name: 'postal_code',
          type: 'STRING',
          role: 'DIMENSION',
          class: 'HIGH',
          origins: [{ table: 'dsp_clicks', column: 'postal_code', through: [] }],
        },
        {
          name: 'users',
          class: 'NONE',
          origins: [{ table: 'dsp_impressions', column: 'user_id', through: through('u') }],
        },
        {
          name: 'seen',
          type: 'LONG',
          role: 'METRIC',
          origins: [{ table: 'dsp_impressions', column: 'impressions', through: through('seen') }],
        },
        { name: 'label', type: 'STRING', origins: [] },
      ],
      tables: [
        { name: 'dsp_clicks', timeColumn: 'click_dt_utc', extended: { back: 'P28D', ahead: 'P1D' } },
        { name: 'dsp_impressions', timeColumn: 'impression_dt_utc', extended: null },
      ],
      parameters: [
        { written: '{{names}}', name: 'names', type: 'STRING', list: true },
        { written: "CUSTOM_PARAMETER('label')", name: 'label', type: 'STRING', list: false },
      ],
      privacy: { usersNeeded: 100, because: ['postal_code'] },
      window: { start: '2026-10-01T00:00:00', end: '2026-10-08T00:00:00', timeZone: 'UTC' },
    })
    expect(read.sql).toMatch(/^WITH .*2026-10-01 00:00:00.*'<names>'.*'<label>'/s)
    expect(read.diagnostics).not.toContainEqual(expect.objectContaining({ severity: 'error' }))
  })

  test('a refused query: what is known of it, no SQL, and the findings', async () => {
    const { code, stdout } = await explain('SELECT user_id, wrong FROM dsp_clicks', ['--json'])
    expect(code).toBe(1)
    const read = JSON.parse(stdout)
    expect(read).toMatchObject({
      columns: [{ name: 'user_id', class: 'VERY_HIGH' }, { name: 'wrong' }],
      privacy: { usersNeeded: null, because: ['user_id'] },
      sql: null,
    })
    expect(read.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'AMC009', from: { line: 1, column: 17 }, to: { line: 1, column: 21 } }),
    )
  })
})

describe('for people', () => {
  test('every part under its title', async () => {
    const { code, stdout } = await explain(journeys, ['--param', 'names=Spring', '--param', 'label=x'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Columns\n {2}postal_code +STRING +HIGH +from dsp_clicks\.postal_code\n/)
    expect(stdout).toMatch(/^ {2}users +LONG +NONE +from dsp_impressions\.user_id through u in journeys$/m)
    expect(stdout).toMatch(/^ {2}dsp_clicks +click_dt_utc in 2026-10-01 .*, widened by P28D back and P1D ahead$/m)
    expect(stdout).toMatch(/^ {2}\{\{names\}\} +list of STRING$/m)
    expect(stdout).toContain('at least 100 different users stand behind it, because of postal_code')
    expect(stdout).toMatch(/\nDuckDB SQL\n {2}WITH [\s\S]*'Spring'[\s\S]*$/)
  })

  test('without a threshold, without a time window, and with the privacy rules off', async () => {
    const { stdout } = await explain('SELECT COUNT(*) AS n FROM dsp_clicks')
    expect(stdout).toContain('Every row is shown')
    const refused = await explain('SELECT user_id FROM dsp_clicks')
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain('AMC never shows user_id')
    expect(refused.stderr).toContain('AMC002')
    expect((await explain('SELECT user_id FROM dsp_clicks', ['--no-privacy'])).code).toBe(0)
  })
})
