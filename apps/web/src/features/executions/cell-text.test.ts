import type { ResultColumn } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { cellText } from './cell-text.ts'

const column = (name: string, dataType: string): ResultColumn => ({ name, dataType, columnType: 'METRIC' })

test.each([
  ['impressions', 'LONG', '13995', '13,995'],
  ['impressions', 'LONG', '-1234567', '-1,234,567'],
  // More digits than a number of JavaScript holds.
  ['impressions', 'LONG', '9007199254740993', '9,007,199,254,740,993'],
  ['cost', 'DOUBLE', '11060416.499999985', '11,060,416.5'],
  ['cost', 'DOUBLE', '1.99999', '2'],
  ['cost', 'DOUBLE', '906614.0', '906,614'],
  ['rate', 'DOUBLE', '0.0000123456', '0.00001235'],
  ['rate', 'DOUBLE', '0.00752', '0.0075'],
  ['rate', 'DOUBLE', '1.0E-7', '1.0E-7'],
  ['campaign_id', 'LONG', '587412369', '587412369'],
  ['year', 'INTEGER', '2026', '2026'],
  ['campaign', 'STRING', '13995', '13995'],
])('%s of %s: %s is read as %s', (name, dataType, value, words) => {
  expect(cellText(value, column(name, dataType))).toBe(words)
})
