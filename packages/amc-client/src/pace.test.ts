import { AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import { AmcError } from './amc-error.ts'
import { createPace } from './pace.ts'
import { getInstanceRequest, listInstancesRequest } from './requests.ts'

const account = (entity: string) => ({
  entityId: EntityId.parse(entity),
  marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER'),
})
const about = (instance: string, entity = 'ENTITY1') =>
  getInstanceRequest(account(entity), AmcInstanceId.parse(instance))
const ofAccount = (entity = 'ENTITY1') => listInstancesRequest(account(entity), { nextToken: null })

function paced() {
  let at = Date.UTC(2026, 10, 20)
  const pace = createPace(
    () => new Date(at),
    () => 1,
  )
  const waits = (request: Parameters<typeof pace.demandFree>[0]) => {
    try {
      pace.demandFree(request)
      return 0
    } catch (error) {
      if (error instanceof AmcError && error.kind === 'throttled' && !error.lost) return error.retryAfterMs
      throw error
    }
  }
  return { pace, waits, pass: (ms: number) => (at += ms) }
}

test('an instance that was slowed down is left alone for as long as Amazon asked, the others go on', () => {
  const { pace, waits, pass } = paced()
  pace.answered(about('amc1'), 429, 7000)
  expect([waits(about('amc1')), waits(about('amc2')), waits(ofAccount())]).toEqual([7000, 0, 0])
  pass(7000)
  expect(waits(about('amc1'))).toBe(0)
})

test('without Retry-After pauses double, and a good answer ends the row', () => {
  const { pace, waits, pass } = paced()
  const seen: (number | null)[] = []
  for (let count = 0; count < 4; count += 1) {
    pace.answered(about('amc1'), 429, null)
    seen.push(waits(about('amc1')))
    pass(60_000)
  }
  expect(seen).toEqual([2000, 4000, 8000, 16_000])
  pace.answered(about('amc1'), 200, null)
  pace.answered(about('amc1'), 429, null)
  expect(waits(about('amc1'))).toBe(2000)
})

test('three slowed instances of an account mean the account, and no other account', () => {
  const { pace, waits } = paced()
  for (const id of ['amc1', 'amc2']) pace.answered(about(id), 429, 5000)
  expect(waits(about('amc9'))).toBe(0)
  pace.answered(about('amc3'), 429, 5000)
  expect([waits(about('amc9')), waits(ofAccount()), waits(about('amc8', 'ENTITY2'))]).toEqual([5000, 5000, 0])
})

test('a call about the account slows down the account; 503 counts only with a time', () => {
  const { pace, waits } = paced()
  pace.answered(ofAccount(), 429, 3000)
  expect(waits(about('amc1'))).toBe(3000)
  pace.answered(about('amc8', 'ENTITY2'), 503, null)
  expect(waits(about('amc8', 'ENTITY2'))).toBe(0)
  pace.answered(about('amc8', 'ENTITY2'), 503, 4000)
  expect(waits(about('amc8', 'ENTITY2'))).toBe(4000)
})

test('a Retry-After of a year silences nothing for longer than an hour', () => {
  const { pace, waits } = paced()
  pace.answered(about('amc1'), 429, 31_536_000_000)
  expect(waits(about('amc1'))).toBe(3_600_000)
})
