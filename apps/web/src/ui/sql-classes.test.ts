import { expect, test } from 'vitest'
import { classifySql } from './sql-classes.ts'

test('keywords, functions, tables, columns, strings and parameters are told apart', () => {
  const text = "SELECT SUM(impressions) AS n -- all\nFROM dsp_impressions WHERE a = 'x{{b}}y' AND c IN ({{ids}})"
  const classes = classifySql(text, new Set(['dsp_impressions'])).map(({ from, to, kind }) => [
    text.slice(from, to),
    kind,
  ])
  expect(classes).toContainEqual(['SELECT', 'keyword'])
  expect(classes).toContainEqual(['SUM', 'function'])
  expect(classes).toContainEqual(['impressions', 'column'])
  expect(classes).toContainEqual(['dsp_impressions', 'table'])
  expect(classes).toContainEqual(['-- all', 'comment'])
  expect(classes).toContainEqual(["'x", 'string'])
  expect(classes).toContainEqual(['{{b}}', 'parameter'])
  expect(classes).toContainEqual(['{{ids}}', 'parameter'])
})

test('ranges are in order and do not overlap, whatever the text', () => {
  for (const text of ["SELECT 'open", '{{', 'a.b(c)((', "'{{a}}{{b}}'", '/* {{x}}']) {
    let last = 0
    for (const { from, to } of classifySql(text, new Set())) {
      expect(from).toBeGreaterThanOrEqual(last)
      expect(to).toBeGreaterThan(from)
      last = to
    }
  }
})
