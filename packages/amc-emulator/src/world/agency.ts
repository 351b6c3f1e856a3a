import { demoInstance } from './instance.ts'
import type { Traffic } from './instance.ts'
import { marketplaceIn } from './person.ts'
import type { Account, CountryCode } from './person.ts'

/** Twelve customers that the agency serves in five countries of all three regions: enough instances to page, search and fan out. */
const customers: readonly [code: string, name: string, traffic: Traffic][] = [
  ['vv', 'Velvetine Cosmetics', 'both'],
  ['vp', 'Verdant Pets', 'sponsored'],
  ['vl', 'Vista Luggage', 'both'],
  ['wc', 'Wavecrest Surf', 'display'],
  ['wm', 'Westmoor Coffee', 'both'],
  ['wk', 'Whitlock Tools', 'sponsored'],
  ['wt', 'Wildbrook Toys', 'both'],
  ['wb', 'Willowby Baby', 'both'],
  ['ww', 'Windle Bikes', 'sponsored'],
  ['ys', 'Yarrow Skincare', 'both'],
  ['yc', 'Yonder Camping', 'both'],
  ['za', 'Zephyr Audio', 'display'],
]

/** The oldest instance of the demo world: ready-made workflows stand in it, as they do in Amazon's oldest. */
export const oldestInstance = 'amcwca0vv07'

function branch(country: CountryCode, entityId: string, since: string, withSandbox: boolean): Account {
  const marketplaceId = marketplaceIn(country)
  const place = country.toLowerCase()
  const instances = customers.map(([code, name, traffic], at) =>
    demoInstance({
      id: `amcw${place}0${code}07`,
      name: `${name} ${country}`,
      customer: name,
      createdOn: `${since}-${String(at + 10)}`,
      marketplaceId,
      traffic,
      paidFeatures: at % 4 === 0,
    }),
  )
  if (withSandbox)
    instances.push(
      demoInstance({
        id: `amcw${place}0sbx7`,
        name: `Tidewater Sandbox ${country}`,
        customer: 'Tidewater Media',
        createdOn: `${since}-10`,
        marketplaceId,
        traffic: 'none',
      }),
    )
  return { entityId, name: `Tidewater Media ${country}`, marketplaceId, instances }
}

/** The agency's accounts abroad; those from instant access have no sandbox (guide instance-management). */
export const agencyAccounts: readonly Account[] = [
  branch('CA', 'ENTITY6ANA2C4W7KY9', '2023-03', false),
  branch('DE', 'ENTITY7ANA9D1F5LZ3', '2024-10', true),
  branch('FR', 'ENTITY8ANA6F8R2MV7', '2024-11', false),
  branch('JP', 'ENTITY9ANA3J5P1NW4', '2025-02', true),
  branch('AU', 'ENTITY1ANA8A7U6QX2', '2025-06', false),
]
