import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataFilePath, ensureDataFile, ensureFamilyFile } from '../../src/engine/data-file.ts'
import { allFamilies } from '../../src/generate/families.ts'
import { openLocalEngine, type LocalEngine } from '../../src/open-local-engine.ts'
import { endDay, sharedFolder } from '../../src/testing/built-data.ts'
import { october, type Analyses, type Analysis } from './analysis.ts'
import { audienceInsights } from './audience-insights.ts'
import { audiences } from './audiences.ts'
import { customAttribution } from './custom-attribution.ts'
import { mediaMix } from './media-mix.ts'
import { newToBrand } from './new-to-brand.ts'
import { orientation } from './orientation.ts'
import { pathToConversion } from './path-to-conversion.ts'
import { incrementality, timeOfDay } from './places-and-times.ts'
import { openPlainData, type PlainData } from './plain-data.ts'
import { reachAndFrequency } from './reach-and-frequency.ts'
import { compare, type Table } from './same-rows.ts'
import { searchAndAsins } from './search-and-asins.ts'
import { thresholds } from './thresholds.ts'
import { timeToConversion } from './time-to-conversion.ts'
import { grocery, store, video } from './video-and-stores.ts'

/** By category of the use cases. */
const categories: Readonly<Record<string, Analyses>> = {
  'Orientation: what is in my instance': orientation,
  'Campaign overlap and media mix': mediaMix,
  'Path to conversion': pathToConversion,
  'Reach and frequency': reachAndFrequency,
  'New to brand': newToBrand,
  'Time to conversion': timeToConversion,
  'Audience insights': audienceInsights,
  'Search, keywords and ASINs': searchAndAsins,
  Store: store,
  'Custom attribution': customAttribution,
  'Incrementality and geography': incrementality,
  'Streaming TV and video': video,
  'Time of day and week': timeOfDay,
  'Grocery and physical stores': grocery,
  'Audiences for activation': audiences,
  'With the privacy rules': thresholds,
}

/** The retired tables are read by nobody. */
const read = allFamilies.filter((family) => family !== 'adserver')

let engine: LocalEngine
let plainData: PlainData
beforeAll(async () => {
  const options = { folder: sharedFolder, seed: 1, size: 'small', endDay } as const
  const { signal } = new AbortController()
  await ensureDataFile(options, signal)
  await Promise.all(read.map((family) => ensureFamilyFile(options, family, signal)))
  engine = openLocalEngine(options)
  await engine.ready
  plainData = await openPlainData([dataFilePath(options), ...read.map((family) => dataFilePath(options, family))])
})
afterAll(async () => {
  plainData.close()
  await engine.close()
})

async function ask({
  amc,
  window = october,
  privacy = null,
  customParameters,
  parameterValues,
}: Analysis): Promise<Table> {
  const result = await engine.run({
    sql: amc,
    window,
    privacy,
    ...(customParameters && { customParameters }),
    ...(parameterValues && { parameterValues }),
  })
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'))
  const rows: Table['rows'] = []
  for await (const batch of result.batches) rows.push(...batch)
  return { columns: result.columns.map(({ name }) => name), rows }
}

describe.each(Object.entries(categories))('%s', (_, analyses) => {
  test.each(Object.entries(analyses))('%s', async (_, analysis) => {
    const plain = await plainData.run(analysis.duckdb, analysis.window ?? october)
    const { got, wanted, silent } = compare(await ask(analysis), plain, analysis.ordered === true)
    expect(plain.rows.length).toBeGreaterThan(0)
    expect(silent).toEqual([])
    expect(got).toEqual(wanted)
  })
})
