import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { DatabaseAway, typed } from '#platform/db/database-away.ts'
import { TransactionTooLong } from '#platform/db/transaction.ts'
import { FilesAway, typedWriteError } from '#platform/files/file-store.ts'
import { registerProblemAnswers } from './problem-answers.ts'

async function answerTo(error: unknown) {
  const app = Fastify()
  app.decorateRequest('caller', 'nobody')
  registerProblemAnswers(app, () => undefined)
  app.get('/', () => {
    throw error
  })
  const { statusCode, body } = await app.inject('/')
  const { type, detail } = JSON.parse(body) as { type: string; detail: string }
  return [statusCode, type, detail.split(' ').slice(0, 3).join(' ')]
}

const withCode = (code: string) => Object.assign(new Error(code), { code })

test('what is away is told by the type of the error: the same code of another connection says nothing of the database', async () => {
  const lost = withCode('ECONNREFUSED')
  expect(await answerTo(new DatabaseAway(lost.message, { cause: lost }))).toEqual([
    503,
    '/problems/storage-away',
    'The database does',
  ])
  expect(await answerTo(new FilesAway('The bucket', { cause: lost }))).toEqual([
    503,
    '/problems/storage-away',
    'The place of',
  ])
  expect((await answerTo(lost)).slice(0, 2)).toEqual([500, '/problems/unexpected'])
})

test('a database that is too slow for all who ask is told as being away, and not as a failure of the product', async () => {
  for (const slow of [typed(new Error('timeout exceeded when trying to connect')), new TransactionTooLong('10 s')])
    expect(await answerTo(slow)).toEqual([503, '/problems/storage-away', 'The database did'])
})

test('a disk without room is told as what it is, wherever it is', async () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG'])
    expect(await answerTo(typedWriteError(withCode(code)))).toEqual([507, '/problems/disk-full', 'The disk of'])
  expect(await answerTo(withCode('53100'))).toEqual([507, '/problems/disk-full', 'The disk of'])
})
