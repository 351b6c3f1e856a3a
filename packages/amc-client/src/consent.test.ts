import { expect, test } from 'vitest'
import { consentEndOf } from './consent.ts'

test('a consent lasts 365 days, one from before Amazon’s change until it is revoked', () => {
  expect(consentEndOf(new Date('2026-07-30T00:00:00Z'))).toEqual(new Date('2027-07-30T00:00:00Z'))
  expect(consentEndOf(new Date('2027-03-01T12:00:00Z'))).toEqual(new Date('2028-02-29T12:00:00Z'))
  expect(consentEndOf(new Date('2026-07-29T23:59:59Z'))).toBeNull()
})
