import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freshDataDir, startS3Server } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { readS3Place } from './s3-place.ts'
import { openS3Store } from './s3-store.ts'

async function storesOn(url: string, limitBytes = 1_000_000_000) {
  const place = readS3Place(url)
  if (typeof place === 'string') throw new Error(place)
  let time = 0
  const open = async () => {
    const folder = join(await freshDataDir(), 'results')
    return openS3Store(place, { part: 'results', folder, limitBytes, now: () => new Date((time += 1000)) })
  }
  return [await open(), await open()] as const
}

async function aFile(bytes: number, letter: string): Promise<string> {
  const path = join(await freshDataDir(), 'file')
  await writeFile(path, letter.repeat(bytes))
  return path
}

test('S-259: what one process keeps another one reads, whole, fetched once however many ask', async () => {
  await using s3 = await startS3Server()
  const [near, far] = await storesOn(s3.url)
  expect(await far.fetch('one')).toBe(false)
  // Larger than one part of an upload.
  await near.keep('one', await aFile(12_000_000, 'a'))
  expect(await near.fetch('one')).toBe(true)
  const asked = await Promise.all(Array.from({ length: 5 }, () => far.fetch('one')))
  expect(asked).toEqual([true, true, true, true, true])
  expect(await readFile(far.pathOf('one'), 'utf8')).toBe('a'.repeat(12_000_000))
  expect(await readdir(join(far.folder, '.arriving'))).toEqual([])
  await near.keep('other', await aFile(10, 'b'))
  expect((await far.list('')).sort()).toEqual(['one', 'other'])
  expect(await far.list('on')).toEqual(['one'])
  await far.remove('one')
  await far.remove('never')
  expect(await far.list('')).toEqual(['other'])
  expect(await far.fetch('one')).toBe(false)
})

test('the folder in front of the bucket keeps what was used last, up to its limit, and nothing is lost', async () => {
  await using s3 = await startS3Server()
  const [store] = await storesOn(s3.url, 2500)
  for (const name of ['a', 'b']) await store.keep(name, await aFile(1000, name))
  store.used('a')
  await store.keep('c', await aFile(1000, 'c'))
  const here = async () => (await readdir(store.folder)).filter((name) => !name.startsWith('.')).sort()
  expect(await here()).toEqual(['a', 'c'])
  expect(await store.fetch('b')).toBe(true)
  expect(await here()).toEqual(['b', 'c'])
  // One that is larger than the limit is kept as long as it is the one that is needed.
  await store.keep('large', await aFile(5000, 'l'))
  expect(await here()).toEqual(['large'])
  expect((await stat(store.pathOf('large'))).size).toBe(5000)
  expect((await store.list('')).sort()).toEqual(['a', 'b', 'c', 'large'])
})

test('a bucket that cannot be reached is an error and no missing file', async () => {
  const s3 = await startS3Server()
  const [store] = await storesOn(s3.url)
  await store.keep('a', await aFile(10, 'a'))
  const [other] = await storesOn(s3.url.replace(/\/results\b/, '/nowhere'))
  await expect(other.keep('a', await aFile(10, 'a'))).rejects.toThrow(/bucket/i)
  await s3[Symbol.asyncDispose]()
  expect(await store.fetch('a')).toBe(true)
  await expect(store.fetch('b')).rejects.toMatchObject({ name: 'FilesAway', cause: { code: 'ECONNREFUSED' } })
})
