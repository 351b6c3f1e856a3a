import { expect, test } from 'vitest'
import { parse } from '../parse.ts'

/** The faults of a text as `place: message`. */
function faults(text: string): string[] {
  return parse(text).diagnostics.map((one) => `${one.from} ${one.message}`)
}

const rest = 'd AS (SELECT 1 AS o FROM t) SELECT d.o FROM d'

test.each([
  [`WITH a AS (SELECT x FROM t WHERE y IS NOT NULL, ${rest}`, '46 The ( is not closed before ,'],
  [`WITH a AS (SELECT x FROM t, ${rest}`, '26 The ( is not closed before ,'],
  [`WITH a AS (SELECT x, ${rest}`, '19 The ( is not closed before ,'],
  [`WITH a AS (SELECT SUM(x) FROM t GROUP BY z, ${rest}`, '42 The ( is not closed before ,'],
  [`WITH a AS (SELECT x FROM (SELECT x FROM t ORDER BY x, ${rest}`, '52 The ( is not closed before ,'],
  [`WITH a (x) AS (VALUES (1), (2), ${rest}`, '30 The ( is not closed before ,'],
  [`WITH a AS (SELECT x FROM t WHERE (y = 1)) OR z = 1), ${rest}`, '40 ) is not expected here'],
  [`WITH a AS (SELECT SUM(x)) AS s, 1 AS one FROM t), ${rest}`, '24 ) is not expected here'],
  [`WITH a AS (SELECT x FROM t)), ${rest}`, '26 ) is not expected here'],
  [`WITH a AS (SELECT SUM(CASE WHEN x NULL THEN 1 END) AS n FROM t), ${rest}`, '34 THEN is missing before NULL'],
  [`WITH a AS (SELECT MAX(WHEN x THEN 1 END) AS n FROM t), ${rest}`, '22 An expression is missing before WHEN'],
])('%s has a fault in its first part only', (text, fault) => {
  expect(faults(text)[0]).toBe(fault)
  const { query } = parse(text)
  expect(query?.ctes.map((cte) => cte.name.text)).toEqual(['a', 'd'])
  expect(text.slice(query?.body.from, query?.body.to)).toBe('SELECT d.o FROM d')
})

test('a bracket that is one too many is said once', () => {
  expect(faults(`WITH a AS (SELECT SUM(x)) AS s FROM t), ${rest}`)).toHaveLength(1)
  expect(faults(`WITH a AS (SELECT x FROM t, ${rest}`)).toHaveLength(1)
})

test('a CASE in a call that is not closed goes on behind it', () => {
  const { query, diagnostics } = parse('SELECT CASE WHEN ABS(x > 1 THEN 2 ELSE 3 END AS n FROM t')
  expect(diagnostics.map(({ message }) => message)).toEqual(['The ( is not closed before THEN'])
  expect(query?.body).toMatchObject({ items: [{ alias: { text: 'n' } }] })
})
