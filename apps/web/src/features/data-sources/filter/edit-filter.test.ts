import type { SourceFilter } from '@recomamp/amc-catalogue/filter'
import { expect, test } from 'vitest'
import { conditionsIn, editAt } from './edit-filter.ts'

const dsp: SourceFilter = { property: 'tag', is: 'one-of', values: ['dsp'] }
const retired: SourceFilter = { property: 'retired', value: true }
const filter = { all: [dsp, { any: [retired, { all: [dsp] }] }] }

test('S-098: a member is changed, added to and taken out wherever it stands; the rest stays', () => {
  expect(editAt(filter, [1, 0], () => dsp)).toEqual({ all: [dsp, { any: [dsp, { all: [dsp] }] }] })
  expect(editAt(filter, [1, 1, 0], () => null)).toEqual({ all: [dsp, { any: [retired, { all: [] }] }] })
  expect(editAt(filter, [1], () => null)).toEqual({ all: [dsp] })
  expect(editAt(filter, [], () => ({ any: [dsp] }))).toEqual({ any: [dsp] })
  expect(editAt(filter, [7, 1], () => null)).toEqual(filter)
})

test('S-098: conditions are counted, groups are not', () => {
  expect(conditionsIn(filter)).toBe(3)
  expect(conditionsIn({ all: [{ any: [] }] })).toBe(0)
})
