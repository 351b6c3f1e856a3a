import { expect, test } from 'vitest'
import { rangeOf } from './range.ts'

test.each([
  [undefined, { from: 0, to: 99 }],
  ['bytes=0-9', { from: 0, to: 9 }],
  ['bytes=90-', { from: 90, to: 99 }],
  ['bytes=90-500', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-500', { from: 0, to: 99 }],
  ['bytes=0-9,20-29', { from: 0, to: 99 }],
  ['bytes=9-0', { from: 0, to: 99 }],
  ['lines=1-2', { from: 0, to: 99 }],
  ['bytes=100-', null],
  ['bytes=-0', null],
])('%s of 100 bytes', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})
