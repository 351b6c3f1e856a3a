import { rm } from 'node:fs/promises'
import { type Catalogue, bundledFiles, loadCatalogue, toJsonExport } from '@recomamp/amc-catalogue'
import { openTestDatabase, freshDataDir } from '@recomamp/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Folder, folderWith, recomamp } from './recomamp.ts'

const shipped = loadCatalogue()
const size = /42 data sources, [\d,]+ fields, \d+ examples, \d+ relationships, \d+ templates/
let folder: Folder

beforeAll(() => {
  const files = Object.fromEntries([...bundledFiles()].map(([file, text]) => [`good/${file}`, text]))
  const broken = files['good/data-sources/dsp_clicks.json']?.replace('"unit": "millicents"', '"unit": "pennies"') ?? ''
  folder = folderWith({
    ...files,
    'good/README.md': 'Other files are left alone',
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [file.replace('good', 'broken'), text])),
    'broken/data-sources/dsp_clicks.json': broken,
    'all.json': toJsonExport(shipped),
    'some.json': toJsonExport(shipped, new Set(['dsp_clicks', 'dsp_views'])),
    'changed.json': toJsonExport(changedCatalogue()),
  })
})
afterAll(() => folder.remove())

/** One table with other words, one example fewer, one relationship fewer. */
function changedCatalogue(): Catalogue {
  const dataSources = shipped.dataSources.map((source) =>
    source.name === 'dsp_clicks' ? { ...source, description: 'In other words' } : source,
  )
  return { ...shipped, dataSources, examples: shipped.examples.slice(1), relationships: shipped.relationships.slice(1) }
}

test('S-070: the JSON export, checked, equals the catalogue; a folder and a selection are read too', async () => {
  const check = (what: string) => recomamp(['catalogue', 'import', '--check', what], { cwd: folder.path })
  const all = await check('all.json')
  expect(all).toMatchObject({ code: 0, stderr: '' })
  expect(all.stdout).toMatch(size)
  expect(all.stdout).toContain('Equal to the catalogue that ships')
  expect((await check('good')).stdout).toContain('Equal to the catalogue that ships')
  expect((await check('some.json')).stdout).toContain('Equal to its part of the catalogue')
  expect((await check('changed.json')).stdout).toContain('changed: dsp_clicks; other examples; other relationships.')
})

test('S-070: a broken file is named with its line and field, and changes nothing', async () => {
  const { code, stderr } = await recomamp(['catalogue', 'import', 'broken'], { cwd: folder.path })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^broken\/data-sources\/dsp_clicks\.json:\d+ fields\.\w+\.unit: must be one of "microcents"/)
  expect(stderr).toContain('nothing was changed')
})

test('S-058, S-070: an import twice changes nothing, and the shipped catalogue comes back by what differs', async () => {
  const dataDir = await freshDataDir()
  await openTestDatabase(dataDir, 'embedded')
  const run = (...args: string[]) =>
    recomamp(['catalogue', 'import', ...args], { cwd: folder.path, env: { DATA_DIR: dataDir } })
  const first = await run('changed.json')
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toContain('sources: 42 added, 0 changed, 0 removed')
  expect((await run('changed.json')).stdout).toMatch(/\nNothing changed\.\n$/)
  const back = await run('--shipped')
  expect(back.stdout).toContain('sources: 0 added, 1 changed, 0 removed\nexamples: 1 added')
  await rm(dataDir, { recursive: true, force: true })
})

test('usage: what is missing, too much, or only a part is said', async () => {
  const { code, stderr } = await recomamp(['catalogue', 'import'])
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Name the JSON export') })
  const partial = await recomamp(['catalogue', 'import', 'some.json'], { cwd: folder.path })
  expect(partial).toMatchObject({ code: 1, stderr: expect.stringContaining('would lose all others') })
})
