import { expect, onTestFinished, test } from 'vitest'
import { type Folder, folderWith, recomamp } from './recomamp.ts'

const reach = `SELECT campaign, COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE campaign_id_string IN ({{ids}})
GROUP BY campaign`

const given = {
  dsp_impressions: {
    columns: ['user_id', 'campaign', 'campaign_id_string', 'impressions'],
    rows: [
      ['u1', 'A', 'c1', 1],
      ['u1', 'A', 'c1', 1],
      ['u2', 'B', 'c2', 1],
    ],
  },
}
const one = {
  name: 'A person counts once',
  values: { ids: ['c1'] },
  given,
  expected: { columns: ['campaign', 'reach', 'impressions'], rows: [['A', 1, 2]] },
}
const folderOf = (files: Record<string, string>): Folder => {
  const folder = folderWith(files)
  onTestFinished(() => folder.remove())
  return folder
}
const json = (value: unknown) => JSON.stringify(value, null, 2)

test('tests beside a query run on their rows; what differs is shown row by row', async () => {
  const folder = folderOf({
    'reach.sql': reach,
    'reach.tests.json': json({ tests: [one] }),
    'wrong.sql': reach,
    'wrong.tests.json': json({
      tests: [{ ...one, name: 'It is three', expected: { columns: ['reach'], rows: [[3]] } }],
    }),
    'without-tests.sql': reach,
  })
  const both = await recomamp(['sql', 'test', '.'], { cwd: folder.path })
  expect(both.stdout).toBe(
    'reach.sql\n  pass  A person counts once\n' +
      'wrong.sql\n  fail  It is three\n        missing     reach 3\n        unexpected  reach 1\n2 tests, 1 failed\n',
  )
  expect([both.code, both.stderr]).toEqual([1, ''])
  const alone = await recomamp(['sql', 'test', 'reach.sql', '--json'], { cwd: folder.path })
  expect(alone.code).toBe(0)
  expect(JSON.parse(alone.stdout)).toEqual({
    results: [{ file: 'reach.sql', test: 'A person counts once', outcome: { kind: 'passed' } }],
  })
})

test('what is wrong in a file of tests, in its rows or in the query is named at its place', async () => {
  const folder = folderOf({
    'a.sql': reach,
    'a.tests.json': json({ tests: [{ ...one, expect: {} }] }),
    'b.sql': reach,
    'b.tests.json': json({
      tests: [{ ...one, given: { dsp_impressions: { columns: ['impressions'], rows: [['many']] } } }],
    }),
    'c.sql': reach.replace('campaign,', 'campain,'),
    'c.tests.json': json({ tests: [one] }),
  })
  const a = await recomamp(['sql', 'test', 'a.sql'], { cwd: folder.path })
  expect([a.code, a.stderr]).toEqual([
    2,
    expect.stringMatching(/^a\.tests\.json:\d+ tests\..*expect: is no field of the format\n$/),
  ])
  const b = await recomamp(['sql', 'test', 'b.sql'], { cwd: folder.path })
  expect([b.code, b.stdout]).toEqual([1, expect.stringContaining('dsp_impressions: Conversion Error')])
  const c = await recomamp(['sql', 'test', 'c.sql'], { cwd: folder.path })
  expect([c.code, c.stdout]).toEqual([
    1,
    expect.stringContaining('c.sql:1:8  error  dsp_impressions has no column campain'),
  ])
  const none = await recomamp(['sql', 'test', 'no.sql'], { cwd: folder.path })
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('there is no such file')])
})
