import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { amcDialect } from '@recomamp/amc-local'
import type { LocalValue } from '@recomamp/amc-local'
import { expect, onTestFinished, test } from 'vitest'
import { partName, resultFolder, writeResult } from './result-files.ts'

async function* batchesOf(...batches: LocalValue[][][]): AsyncGenerator<LocalValue[][]> {
  yield* batches
}

async function write(batches: AsyncIterable<LocalValue[][]>, partBytes: number, signal = new AbortController().signal) {
  const dataDir = await mkdtemp(join(tmpdir(), 'recomamp-results-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const options = { dialect: amcDialect, partBytes, metadata: '{}', signal }
  const parts = await writeResult(dataDir, 'e', { names: ['A', 'b'], batches }, options)
  const texts = Array.from({ length: parts }, (_, at) => join(resultFolder(dataDir, 'e'), partName(at + 1)))
  return { dataDir, texts: await Promise.all(texts.map((file) => readFile(file, 'utf8'))) }
}

test('each part begins with the header, and there are five at most', async () => {
  const { texts } = await write(batchesOf(...Array.from({ length: 8 }, (_, n) => [[n, 'x']])), 1)
  expect(texts).toEqual(['a,b\n0,x\n', 'a,b\n1,x\n', 'a,b\n2,x\n', 'a,b\n3,x\n', 'a,b\n4,x\n5,x\n6,x\n7,x\n'])
})

test('no rows are one part with only the header', async () => {
  expect((await write(batchesOf([]), 1)).texts).toEqual(['a,b\n'])
})

test('a result that breaks off leaves no folder that looks complete', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'recomamp-results-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  async function* broken(): AsyncGenerator<LocalValue[][]> {
    yield [[1, 'x']]
    throw new Error('broke off')
  }
  const options = { dialect: amcDialect, partBytes: 1, metadata: '{}', signal: new AbortController().signal }
  const work = writeResult(dataDir, 'e', { names: ['a'], batches: broken() }, options)
  await expect(work).rejects.toThrow('broke off')
  expect(await readdir(dataDir, { recursive: true })).toEqual(['unfinished'])
})
