import { loadCatalogue } from '@recomamp/amc-catalogue'
import { analyze } from '@recomamp/amc-sql'
import { hints } from '@recomamp/amc-sql/hints'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localSchema } from '../src/generate/families.ts'
import { openLocalEngine, type LocalEngine } from '../src/open-local-engine.ts'
import { endDay, sharedFolder } from '../src/testing/built-data.ts'

const { examples } = loadCatalogue()
const schema = localSchema()

/** Two months, because vehicle purchases come two months late; the first Thursdays of the snapshots lie inside. */
const window = { start: '2026-09-01T00:00:00', end: '2026-11-01T00:00:00' }

let engine: LocalEngine
beforeAll(async () => {
  engine = openLocalEngine({ folder: sharedFolder, endDay })
  await engine.ready
})
afterAll(() => engine.close())

test.each(examples.map((example) => [`${example.source}/${example.slug}`, example] as const))(
  '%s lints clean, reads its table, and returns rows with the privacy thresholds on',
  async (_, { source, sql }) => {
    const { diagnostics } = analyze(sql, schema, { hints })
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([])
    expect(sql).toMatch(new RegExp(`\\b${source}\\b`))
    const result = await engine.run({ sql, window, privacy: { behavior: 'REMOVE_ROWS' } })
    if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '))
    let rows = 0
    for await (const batch of result.batches) rows += batch.length
    expect(rows).toBeGreaterThan(0)
  },
)
