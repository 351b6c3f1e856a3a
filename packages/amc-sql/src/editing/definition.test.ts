import { expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { cursorIn } from '../../test/cursor.ts'
import { definitionAt, referencesAt } from './definition.ts'

/** Where the definition of the name at the cursor stands: the text of its line up to it, or what it is outside of the text. */
function definitionOf(marked: string): string | null {
  const { text, offset } = cursorIn(marked)
  const target = definitionAt(text, offset, amcTables)?.target
  if (target === undefined) return null
  switch (target.kind) {
    case 'text':
      return `${target.from} ${text.slice(target.from, target.to)}`
    case 'table':
      return `table ${target.table}`
    case 'column':
      return `column ${target.table}.${target.column}`
    case 'parameter':
      return `parameter ${target.name}`
  }
}

test.each([
  ['WITH a AS (SELECT 1 AS x) SELECT x FROM |a', '5 a'],
  ['WITH a AS (SELECT 1 AS x) SELECT |a.x FROM a', '5 a'],
  ['WITH a AS (SELECT 1 AS x) SELECT a.|x FROM a', '23 x'],
  ['WITH a AS (SELECT 1 AS x) SELECT |b.x FROM a b', '44 b'],
  ['WITH a (y) AS (SELECT 1 AS x) SELECT |y FROM a', '8 y'],
  ['WITH a AS (SELECT c.campaign FROM dsp_clicks c) SELECT |campaign FROM a', '18 c.campaign'],
  ['SELECT t.|n FROM (SELECT 1 AS n) t', '29 n'],
  ['SELECT SUM(clicks) AS n FROM dsp_clicks HAVING |n > 1', '22 n'],
  ['SELECT campaign AS c FROM dsp_clicks GROUP BY |c', '19 c'],
  ['SELECT campaign AS c FROM dsp_clicks ORDER BY |c', '19 c'],
  ['SELECT RANK() OVER |w FROM dsp_clicks WINDOW w AS (ORDER BY clicks)', '44 w'],
  ['SELECT cam|paign FROM dsp_clicks', 'column dsp_clicks.campaign'],
  ['SELECT 1 FROM dsp_cl|icks', 'table dsp_clicks'],
  ["SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_|clicks', 'P1D', 'P0D'))", 'table dsp_clicks'],
  ['SELECT {{na|me}}', 'parameter name'],
  ['SELECT nob|ody FROM dsp_clicks', null],
  ['SEL|ECT 1', null],
])('%s leads to %s', (marked, definition) => {
  expect(definitionOf(marked)).toBe(definition)
})

function usesOf(marked: string): string[] {
  const { text, offset } = cursorIn(marked)
  return referencesAt(text, offset, amcTables).map(
    ({ from, to, definition }) => `${from} ${text.slice(from, to)}${definition ? ' *' : ''}`,
  )
}

test.each([
  [
    'WITH a AS (SELECT 1 AS x), b AS (SELECT a.x FROM a) SELECT x FROM b JOIN |a ON TRUE',
    ['5 a *', '40 a', '49 a', '73 a'],
  ],
  ['WITH a AS (SELECT 1 AS |x), b AS (SELECT a.x FROM a) SELECT x FROM b', ['23 x *', '42 x', '59 x']],
  ['SELECT |i.campaign, i.user_id FROM dsp_impressions i', ['7 i', '19 i', '50 i *']],
  ["SELECT {{a|}}, {{b}}, '{{a}}'", ['9 a', '24 a']],
  [
    'WITH a AS (SELECT 1 AS k), b AS (SELECT 2 AS k) SELECT |k FROM a JOIN b USING (k)',
    ['23 k *', '45 k *', '55 k', '78 k'],
  ],
  ['SELECT 1 AS |n UNION ALL SELECT 2 AS n ORDER BY n', ['12 n *', '36 n *', '47 n']],
  ['SELECT |campaign FROM dsp_clicks GROUP BY campaign', ['7 campaign', '41 campaign']],
])('%s is used at %j', (marked, uses) => {
  expect(usesOf(marked)).toEqual(uses)
})
