import { isAudience, loadTemplates, type QueryTemplateFile } from '@recomamp/amc-catalogue'
import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { analyze, compileRun } from '@recomamp/amc-sql'
import { hints } from '@recomamp/amc-sql/hints'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureDataFile, ensureFamilyFile } from '../src/engine/data-file.ts'
import { familyOf, localSchema } from '../src/generate/families.ts'
import { openLocalEngine, type LocalEngine } from '../src/open-local-engine.ts'
import { runQueryTest } from '../src/query-tests/run-query-test.ts'
import { endDay, sharedFolder } from '../src/testing/built-data.ts'

const templates = loadTemplates()
const named = templates.map((template) => [template.id, template] as const)
const now = new Date(`${endDay}T12:00:00Z`)

let engine: LocalEngine
beforeAll(async () => {
  const options = { folder: sharedFolder, seed: 1, size: 'small', endDay } as const
  const { signal } = new AbortController()
  await ensureDataFile(options, signal)
  const families = new Set(templates.flatMap(({ tables }) => tables.map(familyOf).filter((family) => family !== null)))
  await Promise.all([...families].map((family) => ensureFamilyFile(options, family, signal)))
  engine = openLocalEngine(options)
  await engine.ready
})
afterAll(() => engine.close())

function windowOf({ window }: QueryTemplateFile) {
  const day = (daysAgo: number) => new Date(now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  const { days, endsDaysAgo } = window ?? { days: 7, endsDaysAgo: 14 }
  return {
    start: `${day(days + endsDaysAgo)}T00:00:00`,
    end: `${day(endsDaysAgo)}T00:00:00`,
    timeZone: 'UTC',
  }
}

describe.each(named)('%s', (_, template) => {
  const { sqlTemplate, parameters, tests } = template

  test('nothing is found by the checks', () => {
    const { diagnostics, tables } = analyze(sqlTemplate, loadSchema(), { hints, declared: parameters })
    expect(
      diagnostics.map(({ code, message, from }) => `${code} ${message} at ${sqlTemplate.slice(from, from + 40)}`),
    ).toEqual([])
    expect(tables.toSorted()).toEqual(template.tables.toSorted())
  })

  test('runs on the synthetic data with its defaults and gives rows of the columns that it describes', async () => {
    const compiled = compileRun({
      template: sqlTemplate,
      declarations: parameters,
      values: {},
      schema: localSchema(),
      window: windowOf(template),
      privacyFilteringBehavior: 'REMOVE_ROWS',
      now,
      hints,
    })
    if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'))
    expect(compiled.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([])
    expect(compiled.audience).toBe(isAudience(template))
    const privacy = compiled.audience ? null : compiled.privacy
    const result = await engine.run({ sql: compiled.sqlQuery, window: compiled.window, privacy })
    if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'))
    expect(result.columns.map(({ name }) => name)).toEqual(template.columns.map(({ name }) => name))
    let count = 0
    for await (const batch of result.batches) count += batch.length
    expect(count).toBeGreaterThan(0)
  })

  test('its own tests pass', async () => {
    expect(tests.length).toBeGreaterThan(0)
    for (const one of tests)
      expect([one.name, await runQueryTest({ sql: sqlTemplate, declarations: parameters }, one)]).toEqual([
        one.name,
        { kind: 'passed' },
      ])
  })
})
