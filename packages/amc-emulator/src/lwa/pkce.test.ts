import { expect, test } from 'vitest'
import { verifierFits } from './pkce.ts'

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test('S256 as in RFC 7636, appendix B', () => {
  expect(verifierFits(challenge, 'S256', verifier)).toBe(true)
  expect(verifierFits(challenge, 'S256', `${verifier}x`)).toBe(false)
  expect(verifierFits(challenge, 'S256', undefined)).toBe(false)
})

test('plain is the default method, and without a challenge nothing is checked', () => {
  expect(verifierFits('v', null, 'v')).toBe(true)
  expect(verifierFits('v', 'plain', 'w')).toBe(false)
  expect(verifierFits(null, null, undefined)).toBe(true)
})
