import { expect, test } from 'vitest'
import { templateCategories } from '../model/template-categories.ts'
import { isAudience } from '../model/template.ts'
import { loadTemplates } from './load-catalogue.ts'

const templates = loadTemplates()

test('every category and every difficulty has analyses, audiences among them', () => {
  expect([...new Set(templates.map(({ category }) => category))].toSorted()).toEqual([...templateCategories].toSorted())
  expect(new Set(templates.map(({ difficulty }) => difficulty))).toEqual(new Set([1, 2, 3, 4]))
  expect(templates.length).toBeGreaterThanOrEqual(60)
  expect(templates.filter(isAudience).length).toBeGreaterThanOrEqual(10)
})

test.each(templates.map((template) => [template.id, template] as const))(
  '%s is described for its reader',
  (_, template) => {
    expect(template.question).toMatch(/\?$/)
    expect(templateCategories).toContain(template.category)
    expect(template.window).not.toBeNull()
    for (const list of [template.tags, template.pitfalls, template.columns, template.tests])
      expect(list.length).toBeGreaterThan(0)
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
        (parameter.list &&
          parameter.whenEmpty !== 'all' &&
          Array.isArray(parameter.default) &&
          parameter.default.length === 0),
    )
    expect(incomplete).toEqual([])
  },
)

test.each(templates.map((template) => [template.id, template] as const))(
  '%s keeps to what Amazon supports',
  (_, template) => {
    const code = withoutComments(template.sqlTemplate)
    expect(code).not.toMatch(/\bLIMIT\b|\bRIGHT\s+JOIN\b|SELECT\s+\*|\.\*/i)
    const withoutWindows = code.replaceAll(/\([^()]*\bORDER BY\b[^()]*\)/gi, '')
    expect(withoutWindows).not.toMatch(/\bORDER\s+BY\b/i)
  },
)

function withoutComments(sql: string): string {
  return sql.replaceAll(/--[^\n]*/g, '')
}
