import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bin, type Circumstances, ended, folderWith, recomamp, start } from './recomamp.ts'

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

describe('parameters and audiences', () => {
  const severity = async (args: string[], input: string) => {
    const { stdout } = await check(['-', '--json', ...args], { input })
    return JSON.parse(stdout).diagnostics.map((one: { code: string; severity: string }) => [one.code, one.severity])
  }

  test('an undeclared {{name}} is a hint, and an error once one parameter is declared', async () => {
    expect(await severity([], parameter)).toEqual([['AMC012', 'info']])
    expect(await severity(['--declare', 'other:DATE'], parameter)).toEqual([['AMC012', 'error']])
    expect(await severity(['--declare', 'name:STRING'], parameter)).toEqual([])
    expect(await severity(['--declare', 'name:string=Spring, "50 %" = half'], parameter)).toEqual([])
  })

  test('the same holds for CUSTOM_PARAMETER', async () => {
    const custom = parameter.replace('{{name}}', "CUSTOM_PARAMETER('name')")
    expect(await severity([], custom)).toEqual([['AMC011', 'info']])
    expect(await severity(['--declare', 'other:DATE'], custom)).toEqual([['AMC011', 'error']])
    expect(await severity(['--declare', 'name:STRING'], custom)).toEqual([])
  })

  test('lists are declared with [] or as ARRAY', async () => {
    const list = parameter.replace('= {{name}}', 'IN {{name}}')
    for (const type of ['STRING[]', 'ARRAY<STRING>', 'LONG[]=[577411234567890123]', 'STRING[]=one'])
      expect(await severity(['--declare', `name:${type}`], list)).toEqual([])
  })

  test('--audience takes every text for an audience query', async () => {
    const report = 'SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign'
    expect(await severity([], report)).toEqual([])
    expect(await severity(['--audience'], report)).toContainEqual(['AMC020', 'error'])
  })
})

describe('for people', () => {
  test('the line and a marker under the place, the way out below it, and the sum', async () => {
    const { stdout } = await check(['bad.sql'])
    expect(stdout).toBe(
      [
        'bad.sql:1:22  error  dsp_impressions has no column impresions  AMC009',
        '1 | SELECT campaign, SUM(impresions) AS impressions',
        '  |                      ^^^^^^^^^^',
        '    Did you mean impressions?',
        '',
        '1 error in 1 file; --fix mends 1 of them',
        '',
      ].join('\n'),
    )
  })

  test('tabs lead to the place as they do in the line, and signs that steer a terminal are not passed on', async () => {
    const input = "SELECT campaign,\tSUM(wrong\u001b) AS x, '漢字', nope FROM dsp_clicks GROUP BY 1\n"
    const { stdout } = await check(['-'], { input })
    expect(stdout).toContain('  |                 \t    ^')
    expect(stdout).not.toContain('\u001b')
    // Two cells for each of the two signs.
    expect(stdout).toContain(`  |${' '.repeat(17)}\t${' '.repeat("SUM(wrong?) AS x, '????', ".length)}^^^^\n`)
  })

  test('a long line is cut around the place', async () => {
    const { stdout } = await check(['-'], {
      input: bad.replace('campaign,', `${"'x', ".repeat(5000)}campaign,`).replace('\n', ' '.repeat(300)),
    })
    const lines = stdout.split('\n')
    const at = lines.findIndex((line) => line.includes('impresions)'))
    expect(lines[at]).toMatch(/^1 \| ….*…$/)
    const marked = lines[at + 1]?.indexOf('^') ?? -1
    expect(lines[at]?.slice(marked, marked + 10)).toBe('impresions')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200)
  })

  test('no colours in a file, nor with NO_COLOR; FORCE_COLOR brings them', async () => {
    const escape = '\u001b['
    expect((await check(['bad.sql'])).stdout).not.toContain(escape)
    expect((await check(['bad.sql'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(escape)
  })

  test.runIf(existsSync('/usr/bin/script'))('colours at a terminal, unless NO_COLOR is set', () => {
    const atTerminal = (env: Record<string, string>) =>
      spawnSync('/usr/bin/script', ['-qec', `"${process.execPath}" "${bin}" sql check bad.sql`, '/dev/null'], {
        cwd: folder.path,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env },
      }).stdout
    expect(atTerminal({})).toContain('\u001b[31merror')
    expect(atTerminal({ NO_COLOR: '1' })).toContain('  error  ')
  })
})

describe('input and output', () => {
  test('standard input, named or not', async () => {
    expect((await check([], { input: good })).code).toBe(0)
    const { code, stdout } = await check(['-'], { input: bad })
    expect(code).toBe(1)
    expect(stdout).toContain('standard input:1:22')
  })

  test('the same file twice is checked once', async () => {
    const { stdout } = await check(['bad.sql', 'bad.sql', '--json'])
    expect(JSON.parse(stdout)).toHaveLength(1)
  })

  test('10,000 lines, and the place in the last of them', async () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => `  SUM(clicks) AS n${at},`)
    const { stdout } = await check(['-', '--json'], { input: `SELECT\n${lines.join('\n')}\nwrong FROM dsp_clicks\n` })
    expect(JSON.parse(stdout).diagnostics).toContainEqual(
      expect.objectContaining({ from: { line: 10_002, column: 1 }, to: { line: 10_002, column: 5 } }),
    )
  })

  test.each([['--json'], ['--sarif'], []])('a reader that goes away ends it quietly %s', async (...args) => {
    const lines = Array.from({ length: 3000 }, (_, at) => `  wrong${at},`).join('\n')
    const child = start(['sql', 'check', '-', ...args])
    child.stdin.end(`SELECT\n${lines}\nx FROM dsp_clicks\n`)
    child.stdout.once('data', () => child.stdout.destroy())
    const { code, stderr } = await ended(child)
    expect([code, stderr]).toEqual([1, ''])
  })

  test.runIf(existsSync('/dev/full'))('an output that cannot be written is a failure, in a sentence', () => {
    const full = openSync('/dev/full', 'w')
    const run = spawnSync(process.execPath, [bin, 'sql', 'check', 'good.sql'], {
      cwd: folder.path,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    expect(run.status).toBe(1)
    expect(run.stderr).toMatch(/^The output cannot be written: ENOSPC[^\n]*\n$/)
  })

  test('a folder of much text is checked in threads, with the same answer in the same order', async () => {
    const large = folderWith(
      Object.fromEntries(
        Array.from({ length: 70 }, (_, at) => [
          `${at}.sql`,
          `${'-- filler\n'.repeat(3000)}${at % 2 === 0 ? bad : good}`,
        ]),
      ),
    )
    const { code, stdout } = await check([large.path, '--json'])
    large.remove()
    const read: { file: string; diagnostics: object[] }[] = JSON.parse(stdout)
    expect(code).toBe(1)
    const names = read.map(({ file }) => file)
    expect(names).toEqual(names.toSorted())
    expect(read).toHaveLength(70)
    expect(read.filter(({ diagnostics }) => diagnostics.length > 0)).toHaveLength(35)
    expect(read[0]?.diagnostics).toMatchObject([{ code: 'AMC009', from: { line: 3001, column: 22 } }])
  })
})
