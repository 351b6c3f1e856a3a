import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readValue } from './read-value.ts'

test.each([
  ['12', '12'],
  ['', ''],
  ['[]', []],
  ['["a", 1, true, null, 1.5]', ['a', 1, true, null, 1.5]],
  ['[577411234567890123, 12]', ['577411234567890123', 12]],
  ['[1', '[1'],
  ['[[1]]', '[[1]]'],
  ['[{"a":1}]', '[{"a":1}]'],
  ['{"a":1}', '{"a":1}'],
])('%s', (text, value) => expect(readValue(text)).toEqual(value))

test('texts come back from a JSON array as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      expect(readValue(JSON.stringify(texts))).toEqual(texts)
    }),
  )
})
