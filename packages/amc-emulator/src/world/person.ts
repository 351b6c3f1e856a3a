import { marketplaces } from '@recomamp/amc-wire'
import type { Instance } from './instance.ts'

/** A person who can sign in at the sandbox, with everything that Amazon would let them see. All of it is invented. */
export interface Person {
  /** What the consent page's button and `auto_approve` carry. */
  readonly key: string
  readonly userId: string
  readonly name: string
  readonly email: string
  /** Administrators alone may create and change instances (guide instance-management). */
  readonly admin: boolean
  readonly accounts: readonly Account[]
}

export interface Account {
  /** `ENTITY…`, as Amazon names an AMC account. */
  readonly entityId: string
  readonly name: string
  readonly marketplaceId: string
  readonly instances: readonly Instance[]
}

export type CountryCode = (typeof marketplaces)[number]['countryCode']

export function marketplaceIn(countryCode: CountryCode): string {
  return marketplaces.find((known) => known.countryCode === countryCode)?.id ?? ''
}
