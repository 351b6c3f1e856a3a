import { agencyAccounts } from './agency.ts'
import { demoInstance } from './instance.ts'
import type { Instance, Traffic } from './instance.ts'
import { marketplaceIn } from './person.ts'
import type { Account, CountryCode, Person } from './person.ts'

/** Whom the fixed addresses of the start line belong to. */
export const firstPerson = {
  key: 'ana',
  entityId: 'ENTITY2ANA7K4M9QX1',
  marketplaceId: marketplaceIn('US'),
  instanceId: 'amcana1us7q',
  sandboxInstanceId: 'amcana0usbx',
} as const

// The app opens the first instance by Amazon's id, so the first ones have both kinds of traffic. The very first subscribes to the
// paid features, so that a client finds every table there.
/** Ana works in an agency with accounts in seven countries, Ben in a brand's team, Cleo alone and without an administrator's rights. */
export const people: readonly Person[] = [
  {
    key: firstPerson.key,
    userId: 'amzn1.account.AESANDBOXANA4QHTPXR2LMJ6WVKD',
    name: 'Ana Sorel',
    email: 'ana@example.com',
    admin: true,
    accounts: [
      account('US', firstPerson.entityId, 'Tidewater Media', [
        [firstPerson.instanceId, 'Tidewater Trail Shoes', 'Trailmark Footwear', '2024-02-11', 'both', true],
        ['amcana2us4x', 'Tidewater Kitchen', 'Copperleaf Kitchen', '2024-05-03', 'both'],
        ['amcana3us9d', 'Tidewater Outdoor Living', 'Fernhill Garden', '2024-09-27', 'sponsored'],
        [firstPerson.sandboxInstanceId, 'Tidewater Sandbox', 'Tidewater Media', '2024-02-11', 'none'],
      ]),
      account('GB', 'ENTITY3ANA5T8R2ZW6', 'Tidewater Media UK', [
        ['amcana1uk3h', 'Tidewater Trail Shoes UK', 'Trailmark Footwear', '2025-01-15', 'both'],
        ['amcana2uk8m', 'Tidewater Tea', 'Larkspur Tea', '2025-03-30', 'both'],
      ]),
      ...agencyAccounts,
    ],
  },
  {
    key: 'ben',
    userId: 'amzn1.account.AESANDBOXBEN7KZTNWC3QPH5XJRM',
    name: 'Ben Adeyemi',
    email: 'ben@example.com',
    admin: true,
    accounts: [
      account('DE', 'ENTITY4BEN1J6V3PD8', 'Copperleaf', [
        ['amcben1de5t', 'Copperleaf Deutschland', 'Copperleaf Kitchen', '2024-06-18', 'both'],
        ['amcben0debx', 'Copperleaf Sandbox', 'Copperleaf Kitchen', '2024-06-18', 'none'],
      ]),
    ],
  },
  {
    key: 'cleo',
    userId: 'amzn1.account.AESANDBOXCLEO2VYHGT8NDQ4FWKB',
    name: 'Cleo Marchetti',
    email: 'cleo@example.com',
    admin: false,
    accounts: [
      account('US', 'ENTITY5CLEO8B2N7GS', 'Larkspur Tea', [
        ['amccleo1us2', 'Larkspur Tea', 'Larkspur Tea', '2025-02-07', 'both'],
      ]),
    ],
  },
]

export function personOf(key: string): Person | null {
  return people.find((person) => person.key === key) ?? null
}

type Row = readonly [
  id: string,
  name: string,
  customer: string,
  createdOn: string,
  traffic: Traffic,
  paidFeatures?: boolean,
]

function account(country: CountryCode, entityId: string, name: string, rows: readonly Row[]): Account {
  const marketplaceId = marketplaceIn(country)
  const instances: Instance[] = rows.map(([id, title, customer, createdOn, traffic, paidFeatures = false]) =>
    demoInstance({ id, name: title, customer, createdOn, marketplaceId, traffic, paidFeatures }),
  )
  return { entityId, name, marketplaceId, instances }
}
