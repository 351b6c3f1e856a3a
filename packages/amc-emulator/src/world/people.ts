import { marketplaces } from '@recomamp/amc-wire'

/** A person who can sign in at the sandbox, with everything that Amazon would let them see. All of it is invented. */
export interface Person {
  /** What the consent page's button and `auto_approve` carry. */
  readonly key: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly accounts: readonly Account[]
}

export interface Account {
  /** `ENTITY…`, as Amazon names an AMC account. */
  readonly entityId: string
  readonly name: string
  readonly marketplaceId: string
  readonly instances: readonly Instance[]
}

export interface Instance {
  /** `amc` and eight lower-case letters or digits, as in all recorded answers. */
  readonly id: string
  readonly name: string
  readonly type: 'STANDARD' | 'SANDBOX'
  readonly customer: string
  readonly createdAt: string
  /** Only SPONSORED_ADS: the instance has no `dsp_` tables. Empty for sandboxes, as recorded. */
  readonly advertiserTypes: readonly ('DISPLAY' | 'SPONSORED_ADS')[]
  /** Subscribed to AMC's paid features, whose tables an instance lacks otherwise. */
  readonly paidFeatures: boolean
}

const both = ['DISPLAY', 'SPONSORED_ADS'] as const

/** Whom the fixed addresses of the start line belong to. */
export const firstPerson = {
  key: 'ana',
  entityId: 'ENTITY2ANA7K4M9QX1',
  marketplaceId: marketplaceIn('US'),
  instanceId: 'amcana1us7q',
  sandboxInstanceId: 'amcana0usbx',
} as const

/** The instances that subscribe to paid features: the first one, so that a client finds every table there. */
const subscribers: ReadonlySet<string> = new Set([firstPerson.instanceId])

// The app opens the first instance by name, so the first ones have both kinds of traffic.
/** Ana works in an agency (two accounts, the second from instant access and thus without a sandbox), Ben in a brand's team, Cleo alone. */
export const people: readonly Person[] = [
  {
    key: firstPerson.key,
    userId: 'amzn1.account.AESANDBOXANA4QHTPXR2LMJ6WVKD',
    name: 'Ana Sorel',
    email: 'ana@example.com',
    accounts: [
      {
        entityId: firstPerson.entityId,
        name: 'Tidewater Media',
        marketplaceId: firstPerson.marketplaceId,
        instances: [
          instance(
            firstPerson.instanceId,
            'Tidewater Trail Shoes',
            'STANDARD',
            'Trailmark Footwear',
            '2024-02-11',
            both,
          ),
          instance('amcana2us4x', 'Tidewater Kitchen', 'STANDARD', 'Copperleaf Kitchen', '2024-05-03', both),
          instance('amcana3us9d', 'Tidewater Outdoor Living', 'STANDARD', 'Fernhill Garden', '2024-09-27', [
            'SPONSORED_ADS',
          ]),
          instance(firstPerson.sandboxInstanceId, 'Tidewater Sandbox', 'SANDBOX', 'Tidewater Media', '2024-02-11', []),
        ],
      },
      {
        entityId: 'ENTITY3ANA5T8R2ZW6',
        name: 'Tidewater Media UK',
        marketplaceId: marketplaceIn('GB'),
        instances: [
          instance('amcana1uk3h', 'Tidewater Trail Shoes UK', 'STANDARD', 'Trailmark Footwear', '2025-01-15', both),
          instance('amcana2uk8m', 'Tidewater Tea', 'STANDARD', 'Larkspur Tea', '2025-03-30', both),
        ],
      },
    ],
  },
  {
    key: 'ben',
    userId: 'amzn1.account.AESANDBOXBEN7KZTNWC3QPH5XJRM',
    name: 'Ben Adeyemi',
    email: 'ben@example.com',
    accounts: [
      {
        entityId: 'ENTITY4BEN1J6V3PD8',
        name: 'Copperleaf',
        marketplaceId: marketplaceIn('DE'),
        instances: [
          instance('amcben1de5t', 'Copperleaf Deutschland', 'STANDARD', 'Copperleaf Kitchen', '2024-06-18', both),
          instance('amcben0debx', 'Copperleaf Sandbox', 'SANDBOX', 'Copperleaf Kitchen', '2024-06-18', []),
        ],
      },
    ],
  },
  {
    key: 'cleo',
    userId: 'amzn1.account.AESANDBOXCLEO2VYHGT8NDQ4FWKB',
    name: 'Cleo Marchetti',
    email: 'cleo@example.com',
    accounts: [
      {
        entityId: 'ENTITY5CLEO8B2N7GS',
        name: 'Larkspur Tea',
        marketplaceId: marketplaceIn('US'),
        instances: [instance('amccleo1us2', 'Larkspur Tea', 'STANDARD', 'Larkspur Tea', '2025-02-07', both)],
      },
    ],
  },
]

export function personOf(key: string): Person | null {
  return people.find((person) => person.key === key) ?? null
}

function marketplaceIn(countryCode: (typeof marketplaces)[number]['countryCode']): string {
  return marketplaces.find((known) => known.countryCode === countryCode)?.id ?? ''
}

function instance(
  id: string,
  name: string,
  type: Instance['type'],
  customer: string,
  createdOn: string,
  advertiserTypes: Instance['advertiserTypes'],
): Instance {
  const paidFeatures = type === 'SANDBOX' || subscribers.has(id)
  return { id, name, type, customer, createdAt: `${createdOn}T09:30:00.123Z`, advertiserTypes, paidFeatures }
}
