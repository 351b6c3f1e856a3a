import { expect, test } from 'vitest'
import { loadSchema } from './load-schema.ts'
import { loadTemplates } from './templates.ts'

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
    const used = new Set([...code.matchAll(/\{\{([A-Za-z][A-Za-z0-9_]*)\}\}/g)].map((match) => match[1]))
    expect([...used].toSorted()).toEqual(template.parameters.map((parameter) => parameter.name).toSorted())
    for (const parameter of template.parameters) {
      expect(parameter.description, parameter.name).toBeDefined()
      expect(parameter.default, `${parameter.name} must run with its default`).toBeDefined()
      if (parameter.list) expect(parameter.whenEmpty, parameter.name).toBe('all')
    }
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
    expect(code.replaceAll(/\([^()]*\bORDER BY\b[^()]*\)/gi, ''), 'ORDER BY outside of OVER').not.toMatch(
      /\bORDER\s+BY\b/i,
    )
    expect(code).toMatch(/user_id IS NOT NULL/)
  },
)

function withoutComments(sql: string): string {
  return sql.replaceAll(/--[^\n]*/g, '')
}
