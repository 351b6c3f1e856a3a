import * as api from '@recomamp/contracts'
import { databaseKinds, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'

test.each(databaseKinds)('S-029, S-064, S-137: a person signs in and sees the instances (%s)', async (database) => {
  await using world = await startWorld({ database })
  const ana = await world.signIn('ana')
  const user = await ana.call(api.getCurrentUser, {})
  expect(user).toMatchObject({ name: 'Ana Sorel', workspace: { name: 'Workspace of Ana Sorel' } })
  const instances = await ana.call(api.listInstances, {})
  expect(instances.total).toBe(instances.items.length)
})
