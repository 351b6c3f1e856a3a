import type { OutputColumn } from '@recomamp/amc-sql'
import { expect, test } from 'vitest'
import { tableWriter } from './table-writer.ts'

const columns: OutputColumn[] = [
  { name: 'Campaign', type: 'STRING', role: 'DIMENSION', threshold: 'LOW' },
  { name: 'n', type: 'LONG', role: 'METRIC', threshold: 'NONE' },
  { name: 'list', type: 'ARRAY', elementType: 'STRING', role: 'DIMENSION', threshold: 'NONE' },
]

test('text on the left, numbers on the right, wide signs in two cells, widths from all of the first rows', () => {
  const writer = tableWriter()
  const text =
    writer.begin(columns) +
    writer.rows([
      ['漢字', 12n, ['a', null]],
      [null, 9007199254740993n, []],
    ]) +
    writer.rows([['longer than the first', 1, ['x\n']]]) +
    writer.end()
  expect(text).toBe(
    [
      'campaign                              n  list',
      '─────────────────────  ────────────────  ─────────',
      '漢字                                 12  [a, NULL]',
      'NULL                   9007199254740993  []',
      'longer than the first                 1  [x\uFFFD]',
      '',
    ].join('\n'),
  )
})
