import { AmcInstanceId, type AmcTarget } from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import { InstanceId } from './ids.ts'

const ours = InstanceId.parse('6f1c2b1e-7f39-4c53-8f5c-5b0f6a1f90d4')
const amazons = AmcInstanceId.parse('amck7q2m9xd')

test('S-071, F-01: one kind of id in the place of the other does not compile, and neither does a plain text', () => {
  const forAmc = (id: AmcInstanceId) => id
  const forUs = (id: InstanceId) => id
  // @ts-expect-error our id never goes to AMC
  forAmc(ours)
  // @ts-expect-error Amazon's id is no row of ours
  forUs(amazons)
  // @ts-expect-error a text is parsed before it is an id
  forAmc('amck7q2m9xd')
  expect([forAmc(amazons), forUs(ours)]).toEqual([amazons, ours])
  expect(InstanceId.safeParse(amazons).success).toBe(false)
})

test('F-03: a target cannot be changed once it is built, and lacks neither entity nor marketplace', () => {
  const change = (target: AmcTarget) => {
    // @ts-expect-error the entity belongs to the target for good
    target.entityId = target.marketplaceId
  }
  // @ts-expect-error a target without marketplace does not compile
  const half: AmcTarget = { entityId: 'ENTITY1' }
  expect(change).toBeTypeOf('function')
  expect(half).toBeDefined()
})
