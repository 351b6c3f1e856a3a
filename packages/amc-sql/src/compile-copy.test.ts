import { expect, test } from 'vitest'
import { eventSchema } from '../test/schema.ts'
import { compileCopy } from './compile-copy.ts'
import type { ParameterDeclaration } from './parameters.ts'
import { toTemplateRange } from './source-map.ts'

const names: ParameterDeclaration = { name: 'names', type: 'STRING', list: true, whenEmpty: 'all' }
const least: ParameterDeclaration = { name: 'least', type: 'LONG', list: false, whenEmpty: 'error', default: 5 }
const rows: ParameterDeclaration = { name: 'rows', type: 'LONG', list: false, whenEmpty: 'error' }

function compiled(template: string, declarations = [names, least, rows]) {
  return compileCopy({ template, declarations, schema: eventSchema, privacyFilteringBehavior: 'REMOVE_ROWS' })
}

const template =
  'SELECT campaign, COUNT(*) AS n\nFROM views\nWHERE campaign IN ({{names}}) AND clicks > {{least}}\nGROUP BY campaign'

test('every placeholder becomes a parameter of AMC, declared once, and places lead back to the template', () => {
  const copy = compiled(template)
  if (!copy.ok) throw new Error(JSON.stringify(copy.diagnostics))
  expect(copy.sqlQuery).not.toContain('{{')
  expect(copy.sqlQuery).toContain("clicks > CUSTOM_PARAMETER('least')")
  expect(copy.inputParameters).toMatchObject([
    { name: 'names', dataType: { type: 'ARRAY', elementDataType: 'STRING' }, defaultValue: [] },
    { name: 'least', dataType: 'LONG', defaultValue: 5 },
  ])
  const at = copy.sqlQuery.indexOf('GROUP BY')
  expect(toTemplateRange(copy.sourceMap, { from: at, to: at + 8 }).from).toBe(template.indexOf('GROUP BY'))
  const use = copy.sqlQuery.indexOf("CUSTOM_PARAMETER('least')")
  expect(toTemplateRange(copy.sourceMap, { from: use, to: use + 6 })).toEqual({
    from: template.indexOf('{{least}}'),
    to: template.indexOf('{{least}}') + 9,
  })
  expect(compiled(template)).toEqual(copy)
})

test('two placeholders in one text are written one after the other', () => {
  const two: ParameterDeclaration[] = ['a', 'b'].map((name) => ({ ...rows, name, type: 'STRING' }))
  const text = "SELECT campaign FROM views WHERE campaign LIKE '{{a}}%{{b}}' GROUP BY campaign"
  const copy = compiled(text, two)
  if (!copy.ok) throw new Error(JSON.stringify(copy.diagnostics))
  expect(copy.sqlQuery).not.toContain('{{')
  expect(copy.inputParameters.map(({ name }) => name)).toEqual(['a', 'b'])
  const at = copy.sqlQuery.indexOf('GROUP BY')
  expect(toTemplateRange(copy.sourceMap, { from: at, to: at + 8 }).from).toBe(text.indexOf('GROUP BY'))
})

test('each placeholder that prevents a copy is named at its place', () => {
  const text = `${template}\nLIMIT {{rows}}`
  const copy = compiled(text)
  expect(copy.ok).toBe(false)
  if (copy.ok) return
  expect(copy.diagnostics).toMatchObject([
    {
      message: "This {{rows}} cannot become CUSTOM_PARAMETER('rows'): LIMIT takes a number that is written out",
      from: text.indexOf('{{rows}}'),
    },
  ])
})

test('what AMC would refuse is no copy', () => {
  expect(compiled('SELECT nothing_of_that, COUNT(*) AS n FROM views GROUP BY 1')).toMatchObject({
    ok: false,
    diagnostics: [{ from: 7 }],
  })
  expect(compiled('SELECT campaign FROM')).toMatchObject({ ok: false })
})
