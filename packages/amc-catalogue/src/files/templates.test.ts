import { expect, test } from 'vitest'
import { loadSchema } from '../load-schema.ts'
import { loadTemplates } from './load-catalogue.ts'

const templates = loadTemplates()
const tables = new Set(loadSchema().tables.map((table) => table.name))

test('five analyses ship with the product', () => {
  expect(templates.map((template) => template.id)).toEqual([
    'campaign-inventory',
    'new-to-brand-by-campaign',
    'path-to-conversion',
    'reach-and-frequency',
    'time-to-conversion',
  ])
})

test.each(templates.map((template) => [template.id, template] as const))(
  '%s is described for its reader',
  (_, template) => {
    for (const text of [template.question, template.name, template.category, template.reading])
      expect(text.trim()).not.toBe('')
    expect(template.question).toMatch(/\?$/)
    expect([1, 2, 3, 4]).toContain(template.difficulty)
    for (const tag of template.tags) expect(tag).toMatch(/^[a-z0-9-]+$/)
  },
)

test.each(templates.map((template) => [template.id, template] as const))(
  '%s declares what it uses and nothing else',
  (_, template) => {
    const code = withoutComments(template.sqlTemplate)
    const used = new Set([...code.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))
    expect([...used].toSorted()).toEqual(template.parameters.map((parameter) => parameter.name).toSorted())
    const incomplete = template.parameters.filter(
      (parameter) =>
        parameter.description === undefined ||
        parameter.default === undefined ||
        (parameter.list && parameter.whenEmpty !== 'all'),
    )
    expect(incomplete).toEqual([])
    const read = new Set(
      [...code.matchAll(/\b[a-z][a-z0-9_]*\b/g)].map(([word]) => word).filter((word) => tables.has(word)),
    )
    expect([...read].toSorted()).toEqual(template.tables.toSorted())
  },
)

test.each(templates.map((template) => [template.id, template] as const))(
  '%s keeps to what Amazon supports',
  (_, template) => {
    const code = withoutComments(template.sqlTemplate)
    expect(code).not.toMatch(/\bLIMIT\b|\bRIGHT\s+JOIN\b|SELECT\s+\*|\.\*/i)
    const withoutWindows = code.replaceAll(/\([^()]*\bORDER BY\b[^()]*\)/gi, '')
    expect(withoutWindows).not.toMatch(/\bORDER\s+BY\b/i)
    expect(code).toMatch(/user_id IS NOT NULL/)
  },
)

function withoutComments(sql: string): string {
  return sql.replaceAll(/--[^\n]*/g, '')
}
