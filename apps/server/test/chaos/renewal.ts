import { Problem } from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'

const renewals = new WeakMap<Person, Promise<void>>()

/** Renews the access token of a person; all whose token has ended share one renewal, as the tabs of a browser do: several with one
 *  cookie would look like a stolen one. */
export function renewTogether(person: Person): Promise<void> {
  const renewal = renewals.get(person) ?? person.renew().finally(() => renewals.delete(person))
  renewals.set(person, renewal)
  return renewal
}

/** Renews the access token where an error says that it has ended, and throws the error. */
export async function renewed(person: Person, error: unknown): Promise<never> {
  if (error instanceof Problem && error.status === 401) await renewTogether(person)
  throw error
}
