import { AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import type { AmcClient } from './client.ts'

const target = { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') }

test('S-072: a call takes an instance by Amazon’s id only', () => {
  const calls = (client: AmcClient, ours: string) => [
    client.getInstance(target, AmcInstanceId.parse('amck7q2m9xd')),
    // @ts-expect-error a plain text, our own id among them, is no AMC instance id
    client.getInstance(target, ours),
    // @ts-expect-error nor does a call go without its account
    client.getInstance({}, AmcInstanceId.parse('amck7q2m9xd')),
  ]
  expect(calls).toBeTypeOf('function')
})
