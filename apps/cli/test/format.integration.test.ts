import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format as layOut } from '@recomamp/amc-sql/format'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Folder, folderWith, recomamp } from './recomamp.ts'

const messy = '-- per campaign\nselect campaign,sum(clicks) as n\nfrom dsp_clicks group by 1\n'
const neat = layOut(messy)

let folder: Folder
beforeEach(() => {
  folder = folderWith({
    'messy.sql': messy,
    'sub/neat.sql': neat,
    'sub/mark.sql': `\uFEFF${messy.replaceAll('\n', '\r\n')}`,
    'binary.bin': new Uint8Array([0]),
  })
})
afterEach(() => folder.remove())

const format = (args: string[], input = '') => recomamp(['sql', 'format', ...args], { cwd: folder.path, input })
const text = (file: string) => readFileSync(join(folder.path, file), 'utf8')

test('prints the new text, of standard input too, and leaves the file alone', async () => {
  expect(await format(['messy.sql'])).toEqual({ code: 0, stdout: neat, stderr: '' })
  expect(text('messy.sql')).toBe(messy)
  expect((await format([], messy)).stdout).toBe(neat)
  expect((await format(['-', '--write'], messy)).stdout).toBe(neat)
})

test('--check names what would change and ends with 1, or with 0', async () => {
  const { code, stdout, stderr } = await format(['--check', '.'])
  expect([code, stdout]).toEqual([1, 'messy.sql\nsub/mark.sql\n'])
  expect(stderr).toContain('2 of 3 files would change')
  expect((await format(['--check', 'sub/neat.sql'])).code).toBe(0)
  expect((await format(['--check'], messy)).code).toBe(1)
})

test('--write changes what must change and names it; a second time there is nothing to do', async () => {
  expect(await format(['--write', '.'])).toEqual({ code: 0, stdout: 'messy.sql\nsub/mark.sql\n', stderr: '' })
  expect(text('messy.sql')).toBe(neat)
  expect(text('sub/mark.sql')).toBe(`\uFEFF${neat.replaceAll('\n', '\r\n')}`)
  expect(await format(['--write', '.'])).toEqual({ code: 0, stdout: '', stderr: '' })
  // Nothing of the writing is left behind.
  expect(readdirSync(folder.path).toSorted()).toEqual(['binary.bin', 'messy.sql', 'sub'])
})

test('--width decides where lines break', async () => {
  const { stdout } = await format(['--width', '12'], messy)
  expect(stdout).toBe(layOut(messy, { width: 12 }))
  expect(stdout).not.toBe(neat)
})

test.each([
  [['--width', 'x', 'messy.sql'], '--width must be a whole number from 1 to 9999'],
  [['--write', '--check', 'messy.sql'], '--write and --check exclude each other'],
  [['binary.bin'], 'binary.bin: it is no text but a binary file'],
  [['gone.sql'], 'gone.sql: there is no such file or folder'],
])('%j ends with 2', async (args, message) => {
  const { code, stdout, stderr } = await format(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})
