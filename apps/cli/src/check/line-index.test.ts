import { positionAt } from '@recomamp/amc-sql'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineIndex } from './line-index.ts'

const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', 'é', '😀', '\t'), maxLength: 60 })

test('every offset has the position that a walk through the text gives it', () => {
  fc.assert(
    fc.property(text, fc.nat(), (sql, some) => {
      const offset = some % (sql.length + 1)
      expect(new LineIndex(sql).positionOf(offset)).toEqual(positionAt(sql, offset))
    }),
  )
})

test('the lines are those of the text, without their ends', () => {
  fc.assert(
    fc.property(text, (sql) => {
      const lines = sql.split(/\r?\n/)
      const index = new LineIndex(sql)
      expect(lines.map((_, at) => index.lineText(at + 1))).toEqual(lines)
    }),
  )
})
