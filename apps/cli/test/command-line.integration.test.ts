import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bin, ended, folderWith, recomamp, start } from './recomamp.ts'

const root = join(import.meta.dirname, '../../..')
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string
}
const good = 'SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign'

/** The Node of the system, where it is one that cannot run the command itself. */
const systemNode = '/usr/bin/node'
const isOld =
  existsSync(systemNode) &&
  Number(spawnSync(systemNode, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout) < 24

describe('help and version', () => {
  test.each([
    [['--help'], 'recomamp sql check '],
    [['-h'], 'recomamp emulator '],
    [['sql', '--help'], '  explain '],
    [['sql', 'check', '--help'], '--sarif'],
    [['sql', 'check', 'gone.sql', '-h'], '--sarif'],
    [['sql', 'run', '--help'], '--window-start'],
    [['sql', 'format', '--help'], '--width'],
    [['sql', 'explain', '--help'], '--json'],
    [['emulator', '--help'], '--port'],
  ])('%j prints help and ends with 0', async (args, text) => {
    const { code, stdout, stderr } = await recomamp(args)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(text)
  })

  test('--version prints the version alone', async () => {
    expect(await recomamp(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('wrong usage ends with 2 and names the way out', () => {
  test.each([
    [[], 'recomamp needs a command'],
    [['sql'], 'recomamp sql needs a command'],
    [['sq'], 'recomamp has no command sq; did you mean sql?'],
    [['sql', 'chekc'], 'recomamp sql has no command chekc; did you mean check?'],
    [['sql', 'toString'], 'recomamp sql has no command toString; recomamp sql --help lists them'],
    [['--verison'], 'recomamp has no option --verison; did you mean --version?'],
    [['sql', 'check', '--sariff'], 'There is no option --sariff; did you mean --sarif?'],
    [['sql', 'check', '--hepl'], 'There is no option --hepl; did you mean --help?'],
    [['sql', 'check', '-q'], 'There is no option -q; --help lists them'],
    [['sql', 'check', '--json=yes'], '--json takes no value'],
    [
      ['sql', 'run', '--param', '--format', 'csv'],
      '--param needs a value; one that begins with a dash is written --param=',
    ],
    [['sql', 'run', '--time-zone'], '--time-zone needs a value'],
    [['emulator', 'here'], 'recomamp emulator takes no here'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await recomamp(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

describe('the way in', () => {
  test('npm links the command into the checkout', () => {
    const run = spawnSync(join(root, 'node_modules/.bin/recomamp'), ['--version'], {
      encoding: 'utf8',
      env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` },
    })
    expect([run.status, run.stdout]).toEqual([0, `${version}\n`])
  })

  test.runIf(isOld)(
    'an old Node hands over to the one of the checkout: arguments, input, output and exit code',
    async () => {
      const { code, stdout } = await recomamp(['sql', 'check', '-', '--json'], { node: systemNode, input: 'SELECT' })
      expect(code).toBe(1)
      expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'syntax' }] })
      expect((await recomamp(['sql', 'check'], { node: systemNode, input: good })).code).toBe(0)
    },
  )

  test.runIf(isOld)('an old Node passes a signal on and ends with its code', async () => {
    const child = start(['sql', 'check', '-'], { node: systemNode })
    const end = ended(child)
    // The input stays open, so that the command waits.
    await untilRunning(child.pid ?? 0)
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
  })

  test.runIf(isOld)('an old Node without a pinned one says what is missing', () => {
    const folder = folderWith({ 'apps/cli/bin/recomamp.js': readFileSync(bin), 'package.json': '{"type":"module"}' })
    const path = join(folder.path, 'apps/cli/bin/recomamp.js')
    const run = spawnSync(systemNode, [path, '--version'], { encoding: 'utf8' })
    folder.remove()
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/^recomamp needs Node 24.12 or newer, this is \d+\.\d+\.\d+/)
  })
})

/** Waits until a process has a child whose signals are watched (Linux). */
async function untilRunning(parent: number): Promise<void> {
  await expect
    .poll(() => {
      const child = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim()
      if (child === '') return false
      const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? '0'
      return (BigInt(`0x${caught}`) & 2n) !== 0n
    })
    .toBe(true)
}
