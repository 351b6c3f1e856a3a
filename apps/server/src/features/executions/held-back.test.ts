import { AmcError, LwaError } from '@recomamp/amc-client'
import { expect, test } from 'vitest'
import { isHeldBack, pauseAfter } from './held-back.ts'

const unsent = new AmcError('throttled', 'downloadUrls', { retryAfterMs: 3000 })
const refused = new AmcError('throttled', 'downloadUrls', { status: 429 })
const noToken = new LwaError('unavailable', 'token', { retryAfterMs: 700 })

test('a try that met a pause of the instance or of the tokens was held back, one that Amazon refused was not', () => {
  expect([unsent, noToken, refused, new Error('disk')].map(isHeldBack)).toEqual([true, true, false, false])
})

test('what was held back waits for the end of the pause, whatever failed before; a failure waits twice as long each time', () => {
  expect(pauseAfter(unsent, 7, 2000, 1)).toBe(3000)
  expect(pauseAfter(noToken, 7, 2000, 1)).toBe(2000)
  expect([0, 1, 2].map((failures) => pauseAfter(refused, failures, 2000, 1))).toEqual([2000, 4000, 8000])
})
