import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Folder, folderWith, recomamp } from './recomamp.ts'

const query = `SELECT campaign, SUM(impresions) AS i, SUM(total_cost) AS cost,
  SUM(clicks) / SUM(impressions) AS rate -- recomamp-ignore AMC026: impressions are never 0 here
FROM dsp_impressions WHERE campaign = NULL GROUP BY campaign
`

interface Region {
  startLine: number
  startColumn: number
  endLine: number
  endColumn: number
}

interface Result {
  ruleId: string
  ruleIndex: number
  level: string
  message: { text: string }
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[]
  suppressions?: { kind: string; justification: string }[]
  fixes?: { description: { text: string }; artifactChanges: object[] }[]
}

interface Rule {
  id: string
  shortDescription: { text: string }
  fullDescription: { text: string }
  help: { text: string; markdown: string }
  defaultConfiguration?: { level: string }
}

let folder: Folder
let log: {
  $schema: string
  version: string
  runs: { tool: { driver: { name: string; version: string; rules: Rule[] } }; columnKind: string; results: Result[] }[]
}
let results: Result[]
let rules: Rule[]

beforeAll(async () => {
  folder = folderWith({ 'reports/a b.sql': query, 'broken.sql': 'SELECT' })
  const { stdout } = await recomamp(['sql', 'check', '.', '--sarif'], { cwd: folder.path })
  log = JSON.parse(stdout)
  results = log.runs[0]?.results ?? []
  rules = log.runs[0]?.tool.driver.rules ?? []
})
afterAll(() => folder.remove())

const found = (code: string) => results.filter(({ ruleId }) => ruleId === code)

test('the log says what it is', () => {
  expect(log).toMatchObject({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'recomamp' } }, columnKind: 'utf16CodeUnits' }],
  })
  expect(log.runs).toHaveLength(1)
})

test('every result names its rule, a level that SARIF knows, a message and one place', () => {
  expect(results.length).toBeGreaterThan(3)
  for (const { ruleId, ruleIndex, level, message, locations } of results) {
    expect(rules[ruleIndex]?.id).toBe(ruleId)
    expect(['error', 'warning', 'note']).toContain(level)
    expect(message.text).not.toBe('')
    expect(locations).toHaveLength(1)
    const { artifactLocation, region } = locations[0]!.physicalLocation
    expect(() => new URL(artifactLocation.uri, 'file:///checkout/')).not.toThrow()
    for (const place of Object.values(region)) expect(place).toBeGreaterThan(0)
    expect(region.endLine * 1e6 + region.endColumn).toBeGreaterThan(region.startLine * 1e6 + region.startColumn)
  }
})

test('a place is a file from the folder of the call, and a region whose end is exclusive', () => {
  expect(found('AMC009')[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'reports/a%20b.sql' },
    region: { startLine: 1, startColumn: 22, endLine: 1, endColumn: 32 },
  })
  expect(found('syntax')[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: 'broken.sql' })
})

test('a file outside of that folder is named whole', async () => {
  const elsewhere = join(folder.path, 'elsewhere')
  mkdirSync(elsewhere)
  const { stdout } = await recomamp(['sql', 'check', '../broken.sql', '--sarif'], { cwd: elsewhere })
  const uri = pathToFileURL(join(folder.path, 'broken.sql')).href
  expect(JSON.parse(stdout).runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri })
})

test('what a comment switched off is suppressed, with its reason', () => {
  expect(found('AMC026')).toMatchObject([
    { suppressions: [{ kind: 'inSource', justification: 'impressions are never 0 here' }] },
  ])
  expect(found('AMC009')[0]?.suppressions).toBeUndefined()
})

describe('rules', () => {
  test('each once', () => {
    const codes = rules.map(({ id }) => id)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('each with the texts that code review shows', () => {
    for (const { shortDescription, fullDescription, help } of rules)
      for (const text of [shortDescription.text, fullDescription.text, help.text, help.markdown])
        expect(text).toMatch(/\w/)
  })

  test('those of the page of rules with a level and both examples', () => {
    const documented = rules.filter(({ defaultConfiguration }) => defaultConfiguration !== undefined)
    expect(documented.length).toBeGreaterThan(0)
    for (const { help, defaultConfiguration } of documented) {
      expect(help.markdown.match(/```sql\n/g)).toHaveLength(2)
      expect(['error', 'warning', 'note']).toContain(defaultConfiguration?.level)
    }
  })

  test('a way to mend a finding is a change of its file', () => {
    const fixes = found('AMC025').flatMap((result) => result.fixes ?? [])
    expect(fixes).toMatchObject([
      {
        artifactChanges: [
          {
            artifactLocation: { uri: 'reports/a%20b.sql' },
            replacements: [{ insertedContent: { text: expect.any(String) } }],
          },
        ],
      },
    ])
  })
})
