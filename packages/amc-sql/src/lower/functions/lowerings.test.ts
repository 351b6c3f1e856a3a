import { expect, test } from 'vitest'
import { callable } from '../../functions/catalogue.ts'
import { lowerings } from './lowerings.ts'

/** Their SQL comes from the run, so the lowering of calls writes it itself. */
const ofTheRun = ['BUILT_IN_PARAMETER', 'CUSTOM_PARAMETER']

test('every function that may be called has exactly one lowering, and no lowering lacks its function', () => {
  const lowered = lowerings.map(([name]) => name)
  expect([...lowered, ...ofTheRun].toSorted()).toEqual([...callable.keys()].toSorted())
})
