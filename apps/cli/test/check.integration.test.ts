import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Circumstances, folderWith, recomamp } from './recomamp.ts'

const good = 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign\n'
const bad = 'SELECT campaign, SUM(impresions) AS impressions\nFROM dsp_impressions GROUP BY campaign\n'
const parameter = 'SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign = {{name}} GROUP BY campaign\n'

let folder: ReturnType<typeof folderWith>

beforeAll(() => {
  folder = folderWith({
    'good.sql': good,
    'bad.sql': bad,
    'parameter.sql': parameter,
    'binary.sql': new Uint8Array([0x53, 0x45, 0x00, 0xff]),
    'latin.sql': new Uint8Array([0x53, 0x45, 0xe4, 0x4c]),
    'wide.sql': new Uint8Array([0xff, 0xfe, 0x53, 0x00]),
    'mark.sql': `\uFEFF${bad}`,
    'windows.sql': bad.replaceAll('\n', '\r\n').replace('impresions', 'impressions').replace('GROUP', 'GROP'),
    'team/b.sql': bad,
    'team/deep/a.SQL': good,
    'team/notes.txt': bad,
    'team/.hidden/c.sql': bad,
    'team/node_modules/d.sql': bad,
    'empty/readme.md': '',
  })
})
afterAll(() => folder.remove())

const check = (args: string[], circumstances: Circumstances = {}) =>
  recomamp(['sql', 'check', ...args], { cwd: folder.path, ...circumstances })

const place = { from: { line: 1, column: 22 }, to: { line: 1, column: 31 } }

describe('exit codes', () => {
  test('0 without an error, also when there are hints', async () => {
    expect((await check(['good.sql'])).code).toBe(0)
    const { code, stdout } = await check(['parameter.sql'])
    expect(code).toBe(0)
    expect(stdout).toContain('1 hint in 1 file')
  })

  test('1 with an error', async () => {
    expect((await check(['good.sql', 'bad.sql'])).code).toBe(1)
  })

  test.each([
    ['a file that is not there', ['gone.sql'], 'gone.sql: there is no such file or folder'],
    ['a folder without queries', ['empty'], 'empty: there is no .sql file in this folder'],
    ['a binary file', ['binary.sql'], 'binary.sql: it is no text but a binary file'],
    ['another encoding', ['latin.sql'], 'latin.sql: it is not UTF-8; save it as UTF-8'],
    ['UTF-16', ['wide.sql'], 'wide.sql: it is UTF-16; save it as UTF-8'],
    ['two forms at once', ['--json', '--sarif', 'good.sql'], '--json and --sarif exclude each other'],
    [
      'an unknown type',
      ['--declare', 'a:DAT', 'good.sql'],
      '--declare a:DAT: there is no type DAT; did you mean DATE?',
    ],
    ['a declaration without type', ['--declare', 'a', 'good.sql'], '--declare a is not NAME:TYPE or NAME:TYPE=VALUE'],
    ['a default of another type', ['--declare', 'a:DATE=soon', 'good.sql'], '--declare a:DATE=soon: '],
    ['a missing value', ['good.sql', '--declare'], '--declare needs a value'],
    ['an unknown option', ['--jsn', 'good.sql'], 'There is no option --jsn; did you mean --json?'],
  ])('2 for %s, and says so', async (_, args, message) => {
    const { code, stderr, stdout } = await check(args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stdout).not.toContain('error')
  })

  test('2 also when other files could be checked, which still are', async () => {
    const { code, stdout } = await check(['bad.sql', 'gone.sql', '--json'])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject([{ file: 'bad.sql', diagnostics: [{ code: 'AMC009' }] }])
  })
})

describe('--json', () => {
  test('one file: positions from 1, the end inclusive', async () => {
    const { stdout } = await check(['bad.sql', '--json'])
    const read: unknown = JSON.parse(stdout)
    expect(read).toEqual({
      diagnostics: [{ code: 'AMC009', severity: 'error', message: expect.stringContaining('impressions'), ...place }],
    })
  })

  test('several files: an array with the file of each', async () => {
    const { stdout } = await check(['good.sql', 'bad.sql', '--json'])
    expect(JSON.parse(stdout)).toMatchObject([
      { file: 'good.sql', diagnostics: [] },
      { file: 'bad.sql', diagnostics: [place] },
    ])
  })

  test('a folder: every .sql file below it, in order, but not what is hidden', async () => {
    const { stdout } = await check(['team', '--json'])
    expect(JSON.parse(stdout).map(({ file }: { file: string }) => file)).toEqual(['team/b.sql', 'team/deep/a.SQL'])
  })

  test('a byte order mark takes no column, and the CR of Windows no place', async () => {
    const { stdout } = await check(['mark.sql', 'windows.sql', '--json'])
    const [marked, windows] = JSON.parse(stdout)
    expect(marked.diagnostics).toMatchObject([place])
    expect(windows.diagnostics[0]).toMatchObject({ from: { line: 2 } })
  })
})
