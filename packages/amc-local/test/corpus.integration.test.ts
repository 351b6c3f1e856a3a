import { analyze, bind } from '@recomamp/amc-sql'

import { afterAll, beforeAll, expect, test } from 'vitest'
import { corpusSchema } from '../../amc-sql/corpus/corpus-schema.ts'
import { readCorpus, type CorpusQuery } from '../../amc-sql/corpus/read-corpus.ts'
import { localSchema } from '../src/generate/families.ts'
import { openLocalEngine, type LocalEngine, type LocalQuery } from '../src/open-local-engine.ts'
import { endDay, sharedFolder } from '../src/testing/built-data.ts'

const window = { start: '2026-10-01T00:00:00', end: '2026-11-01T00:00:00' }
const held = new Set(localSchema().tables.map((table) => table.name))

let engine: LocalEngine
beforeAll(async () => {
  engine = openLocalEngine({ folder: sharedFolder, endDay })
  await engine.ready
})
afterAll(() => engine.close())

function bound(query: CorpusQuery): string {
  if (query.declarations.length === 0) return query.text
  const filled = bind(query.text, query.declarations, query.values)
  if (!filled.ok) throw new Error(filled.diagnostics.map(({ message }) => message).join('; '))
  return filled.text
}

async function countRows(query: CorpusQuery, privacy: LocalQuery['privacy']): Promise<number> {
  const result = await engine.run({ sql: bound(query), window, customParameters: query.customParameters, privacy })
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join('; '))
  let rows = 0
  for await (const batch of result.batches) rows += batch.length
  return rows
}

/** Queries over tables that the synthetic data does not hold cannot run. */
const queries = readCorpus('valid').filter(({ text }) =>
  analyze(text, corpusSchema).tables.every((name) => held.has(name)),
)

test.each(queries.map((query) => [query.file, query] as const))('%s', async (_, query) => {
  const rows = await countRows(query, null)
  expect(rows).toBeGreaterThanOrEqual(query.withoutRows ? 0 : 1)
  if (!query.audience) await countRows(query, { behavior: 'REMOVE_ROWS' })
})
