import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Folder, folderWith, recomamp } from './recomamp.ts'

/** AMC025 has a fix that needs no choice. */
const cost = 'SELECT campaign, SUM(total_cost) AS cost\nFROM dsp_impressions GROUP BY campaign\n'
const mended = cost.replace('SUM(total_cost)', 'SUM(total_cost) / 100000.0')
/** Nothing tells what the first column should be. */
const wrong = cost.replace('campaign,', 'xyzzy,')

let folder: Folder
beforeEach(() => {
  folder = folderWith({
    'cost.sql': cost,
    'windows.sql': `\uFEFF${cost.replaceAll('\n', '\r\n')}`,
    'wrong.sql': wrong,
    'good.sql': mended,
  })
})
afterEach(() => folder.remove())

const check = (args: string[], input = '') => recomamp(['sql', 'check', ...args], { cwd: folder.path, input })
const text = (file: string) => readFileSync(join(folder.path, file), 'utf8')

test('without --fix a report says what could be mended, and files stay', async () => {
  const { stdout } = await check(['cost.sql'])
  expect(stdout).toMatch(/^1 warning in 1 file; --fix mends 1 of them$/m)
  expect(text('cost.sql')).toBe(cost)
})

test('--fix mends files, keeps their line ends and byte order mark, and reports what is left', async () => {
  const { code, stdout, stderr } = await check(['.', '--fix', '--json'])
  expect(code).toBe(1)
  expect(stderr).toBe('3 findings mended\n')
  const left: { file: string; diagnostics: { code: string }[] }[] = JSON.parse(stdout)
  expect(left.filter(({ diagnostics }) => diagnostics.length > 0)).toMatchObject([
    { file: 'wrong.sql', diagnostics: [{ code: 'AMC009', from: { line: 1, column: 8 } }] },
  ])
  expect(text('cost.sql')).toBe(mended)
  expect(text('windows.sql')).toBe(`\uFEFF${mended.replaceAll('\n', '\r\n')}`)
  expect(text('wrong.sql')).toBe(mended.replace('campaign,', 'xyzzy,'))
  expect((await check(['.', '--fix'])).stderr).toBe('0 findings mended\n')
})

test('a file is replaced as a whole: its rights stay, a link stays a link, nothing is left beside it', async () => {
  chmodSync(join(folder.path, 'cost.sql'), 0o640)
  symlinkSync('cost.sql', join(folder.path, 'link.sql'))
  const before = statSync(join(folder.path, 'cost.sql')).ino
  const untouched = statSync(join(folder.path, 'good.sql'))
  await check(['link.sql', 'good.sql', '--fix'])
  expect(text('cost.sql')).toBe(mended)
  expect(lstatSync(join(folder.path, 'link.sql')).isSymbolicLink()).toBe(true)
  const { mode, ino } = statSync(join(folder.path, 'cost.sql'))
  expect(mode & 0o777).toBe(0o640)
  expect(ino).not.toBe(before)
  expect(statSync(join(folder.path, 'good.sql'))).toMatchObject({ ino: untouched.ino, mtimeMs: untouched.mtimeMs })
  expect(readdirSync(folder.path)).toHaveLength(5)
})

test('standard input: the mended text on standard output, the report on standard error', async () => {
  const { code, stdout, stderr } = await check(['-', '--fix'], wrong)
  expect([code, stdout]).toEqual([1, mended.replace('campaign,', 'xyzzy,')])
  expect(stderr).toContain('standard input:1:8')
  expect(stderr).toContain('1 finding mended')
  const machine = await check(['-', '--fix', '--json'], cost)
  expect([machine.code, machine.stdout]).toEqual([0, mended])
  expect(machine.stderr).toContain('{"diagnostics":[]}')
})
