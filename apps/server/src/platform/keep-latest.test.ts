import { expect, test } from 'vitest'
import { keepLatest } from './keep-latest.ts'

test('what was asked for last is kept and made once, also for those who ask at the same moment; what failed is made anew', async () => {
  const latest = keepLatest<string>(2)
  const made: string[] = []
  const ask = (key: string) =>
    latest.of(key, () => {
      made.push(key)
      return key === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve(key.toUpperCase())
    })
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['A', 'A', 'B'])
  await ask('a')
  await ask('c')
  await ask('a')
  await ask('b')
  expect(made).toEqual(['a', 'b', 'c', 'b'])
  await expect(ask('bad')).rejects.toThrow('bad')
  await expect(ask('bad')).rejects.toThrow('bad')
  expect(made.slice(4)).toEqual(['bad', 'bad'])
})
