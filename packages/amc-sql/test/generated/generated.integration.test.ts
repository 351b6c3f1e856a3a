import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../../src/index.ts'
import type { LowerOptions } from '../../src/lower/lower.ts'
import { catalogue } from '../catalogue.ts'
import { openDatabase, type Database } from '../duckdb.ts'
import { seededChoices } from './choices.ts'
import { generateQuery } from './queries.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase(catalogue)
  await db.fillSamples()
})
afterAll(() => db.close())

const removals: LowerOptions['privacy'][] = [
  null,
  { behavior: 'REMOVE_ROWS' },
  { behavior: 'REMOVE_VALUES', discriminatorColumn: 'filtered', userCountColumn: 'users', reasonColumn: 'reason' },
]

test('what the validator accepts, DuckDB executes: queries of all documented shapes have no error and run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const text = generateQuery(seededChoices(seed), catalogue)
      const errors = analyze(text, catalogue).diagnostics.filter(({ severity }) => severity === 'error')
      expect(
        errors.map(({ code, from, to, message }) => `${code} ${text.slice(from, to)}: ${message}`),
        text,
      ).toEqual([])
      await db.amc(text, { privacy: removals[seed % 3] ?? null })
    }),
    { numRuns: 300, endOnFailure: true },
  )
})
