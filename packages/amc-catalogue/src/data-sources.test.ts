import { expect, test } from 'vitest'
import { readDataSources } from './data-sources.ts'
import { columnTypes, thresholds, units } from './schema.ts'

const sources = readDataSources()
const identifier = /^[a-z][a-z0-9_]*$/

test('there are 42 data source files, each named like its table', () => {
  expect(sources).toHaveLength(42)
  expect(new Set(sources.map((source) => source.name)).size).toBe(42)
})

test.each(sources.map((source) => [source.name, source] as const))(
  '%s describes its table completely',
  (name, source) => {
    expect(name).toMatch(identifier)
    for (const text of [source.title, source.category, source.description, source.availability])
      expect(text.trim(), 'a required text is empty').not.toBe('')
    expect(['fact', 'dimension']).toContain(source.kind)
    expect(source.sources.length).toBeGreaterThan(0)
    for (const tag of source.tags) expect(tag).toMatch(/^[a-z0-9-]+$/)
    if (source.audienceVariant !== null) expect(source.audienceVariant).toMatch(/^[a-z][a-z0-9_]*_for_audiences$/)
    if (source.inheritsFrom !== undefined) expect(sources.map((other) => other.name)).toContain(source.inheritsFrom)
  },
)

test.each(sources.map((source) => [source.name, source] as const))(
  'the columns of %s are typed and classified',
  (_, source) => {
    const names = source.fields.map((field) => field.name)
    expect(new Set(names).size).toBe(names.length)
    for (const key of source.joinKeys) if (names.length > 0) expect(names).toContain(key)
    for (const field of source.fields) {
      const where = `${source.name}.${field.name}`
      expect(field.name, where).toMatch(identifier)
      expect(columnTypes, where).toContain(field.dataType)
      expect(thresholds, where).toContain(field.aggregationThreshold)
      expect(['dimension', 'metric'], where).toContain(field.columnType)
      expect(field.isArray, where).toBe(field.dataType === 'ARRAY')
      expect(field.description.trim(), where).not.toBe('')
      expect([true, false, null], where).toContain(field.nullable)
      if (field.unit !== undefined) expect(units, where).toContain(field.unit)
      if (field.typeDetail !== undefined)
        expect(field.typeDetail, where).toMatch(/^(DECIMAL\(\d+,\d+\)|ARRAY<[A-Z]+>)$/)
    }
    for (const legacy of source.legacyFields) {
      expect(names, `${source.name}.${legacy.name} is both a column and a legacy name`).not.toContain(legacy.name)
      expect(legacy.note.trim()).not.toBe('')
    }
  },
)

test.each(sources.map((source) => [source.name, source] as const))(
  'the window of %s is applied to one of its own times',
  (_, source) => {
    if (source.kind === 'dimension') expect(source.timeColumn).toBeNull()
    if (source.timeColumn === null) return
    const column = source.fields.find((field) => field.name === source.timeColumn)
    expect(['DATE', 'TIMESTAMP']).toContain(column?.dataType)
  },
)
