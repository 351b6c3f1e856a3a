import { marketplaces } from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import { oldestInstance } from './agency.ts'
import { advertiserTypesOf } from './instance.ts'
import { firstPerson, people } from './people.ts'

const accounts = people.flatMap((person) => person.accounts)
const instances = accounts.flatMap((account) => account.instances)

test("ids have the form of Amazon's and are all different", () => {
  for (const instance of instances) expect(instance.id).toMatch(/^amc[a-z0-9]{8}$/)
  for (const account of accounts) expect(account.entityId).toMatch(/^ENTITY[A-Z0-9]+$/)
  for (const account of accounts) expect(marketplaces.map((one) => one.id)).toContain(account.marketplaceId)
  const ids = [...instances.map((one) => one.id), ...accounts.map((one) => one.entityId)]
  expect(new Set(ids).size).toBe(ids.length)
})

test('the fixed addresses are those of the first person', () => {
  const account = people.find((person) => person.key === firstPerson.key)?.accounts[0]
  expect(account?.entityId).toBe(firstPerson.entityId)
  const typeOf = (id: string) => account?.instances.find((one) => one.id === id)?.type
  expect([typeOf(firstPerson.instanceId), typeOf(firstPerson.sandboxInstanceId)]).toEqual(['STANDARD', 'SANDBOX'])
})

test('the agency has at least 60 instances in all three regions, with kinds of traffic and subscriptions that differ', () => {
  const agency = people.find((person) => person.key === firstPerson.key)?.accounts ?? []
  expect(agency.flatMap((account) => account.instances).length).toBeGreaterThanOrEqual(60)
  expect(new Set(agency.map((account) => account.marketplaceId)).size).toBe(agency.length)
  const kinds = new Set(agency.flatMap((account) => account.instances).map((one) => advertiserTypesOf(one).join()))
  expect([...kinds].toSorted()).toEqual(['', 'DISPLAY', 'DISPLAY,SPONSORED_ADS', 'SPONSORED_ADS'])
  expect(agency.flatMap((account) => account.instances).map((one) => one.id)).toContain(oldestInstance)
})
