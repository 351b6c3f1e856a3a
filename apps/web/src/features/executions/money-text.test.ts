import { expect, test } from 'vitest'
import { moneyText } from './money-text.ts'

test.each([
  ['11060416', 'millicents', '110.60'],
  ['123456789012', 'microcents', '1,234.57'],
  // More digits than a number of JavaScript holds.
  ['900719925474099312345678', 'microcents', '9,007,199,254,740,993.12'],
  ['-123456789', 'microcents', '-1.23'],
  ['99999999.6', 'microcents', '1.00'],
  ['1250000', 'microcents', '0.0125'],
  ['50000', 'millicents', '0.50'],
  ['12', 'microcents', '1.2e-7'],
  ['0', 'microcents', '0.00'],
  ['12.5', 'currency', '12.50'],
  ['12', 'currency', '12.00'],
  ['1.5E8', 'microcents', '1.50'],
  ['NaN', 'microcents', 'NaN'],
] as const)('%s in %s is %s', (value, unit, words) => {
  expect(moneyText(value, unit)).toBe(words)
})
