/** An advertiser whose signals are in an instance: Amazon DSP's have no marketplace. */
export interface Advertiser {
  readonly id: string
  readonly name: string
  readonly marketplaceId: string | null
  readonly type: 'DISPLAY' | 'SPONSORED_ADS'
}

/** An AMC instance as the service keeps it. */
export interface Instance {
  /** `amc` and eight lower-case letters or digits, as in all recorded answers. */
  readonly id: string
  readonly name: string
  readonly type: 'STANDARD' | 'SANDBOX'
  /** The advertiser's name; null where nobody gave one. */
  readonly customer: string | null
  /** When it is ready, ISO 8601 in UTC; until then its creation is only requested. */
  readonly createdAt: string
  /** None in sandboxes and new instances, as recorded. Only SPONSORED_ADS: the instance has no `dsp_` tables. */
  readonly advertisers: readonly Advertiser[]
  /** Subscribed to AMC's paid features, whose tables an instance lacks otherwise. */
  readonly paidFeatures: boolean
  /** Empty where no bucket is connected. */
  readonly bucketName: string
  readonly awsAccountId: string
}

/** The kinds of advertisers in an instance, each once. */
export function advertiserTypesOf(instance: Instance): Advertiser['type'][] {
  return [...new Set(instance.advertisers.map(({ type }) => type))]
}

/** Which kinds of advertisers a customer of the demo world has. */
export type Traffic = 'both' | 'sponsored' | 'display' | 'none'

/** An instance of the demo world: ids of advertisers follow from the instance's, so that they never change. */
export function demoInstance(given: {
  id: string
  name: string
  customer: string
  createdOn: string
  marketplaceId: string
  traffic: Traffic
  paidFeatures?: boolean
}): Instance {
  const isSandbox = given.traffic === 'none'
  const number = numberFrom(given.id, 1_000_000_007)
  const display: Advertiser = {
    id: String(5_800_000_000_000 + number),
    name: `${given.customer} DSP`,
    marketplaceId: null,
    type: 'DISPLAY',
  }
  const sponsored: Advertiser = {
    id: `ENTITY${number.toString(36).toUpperCase().padStart(13, 'X')}`,
    name: given.customer,
    marketplaceId: given.marketplaceId,
    type: 'SPONSORED_ADS',
  }
  const advertisers = { both: [display, sponsored], display: [display], sponsored: [sponsored], none: [] }
  return {
    id: given.id,
    name: given.name,
    type: isSandbox ? 'SANDBOX' : 'STANDARD',
    customer: given.customer,
    createdAt: `${given.createdOn}T09:30:00.123Z`,
    advertisers: advertisers[given.traffic],
    paidFeatures: isSandbox || given.paidFeatures === true,
    bucketName: '',
    awsAccountId: '',
  }
}

/** A number below a bound that a text fixes. */
export function numberFrom(text: string, below: number): number {
  return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % below, 7)
}
