import { describe, expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { cursorIn } from '../../test/cursor.ts'
import { editingQueries } from '../../test/editing-queries.ts'
import { analyze } from '../../test/judged.ts'
import type { Edit } from '../diagnostic.ts'
import { readingOf } from './reading.ts'
import { renamableAt, rename, type RenameOptions } from './rename.ts'
import { symbolsOf } from './symbols.ts'

function applied(text: string, edits: readonly Edit[]): string {
  return edits.toReversed().reduce((so, edit) => so.slice(0, edit.from) + edit.text + so.slice(edit.to), text)
}

/** The text after the renaming, or why there is none. */
function renamed(marked: string, name: string, options: RenameOptions = {}): string {
  const { text, offset } = cursorIn(marked)
  const result = rename(text, offset, name, amcTables, options)
  return result.ok ? applied(text, result.edits) : result.reason
}

describe('renames', () => {
  test.each([
    ['a WITH part', 'WITH |a AS (SELECT 1 AS x) SELECT a.x FROM a', 'WITH z AS (SELECT 1 AS x) SELECT z.x FROM z'],
    [
      'a WITH part with an alias',
      'WITH a AS (SELECT 1 AS x) SELECT b.x FROM |a b',
      'WITH z AS (SELECT 1 AS x) SELECT b.x FROM z b',
    ],
    ['an alias of FROM', 'SELECT |i.campaign FROM dsp_impressions i', 'SELECT z.campaign FROM dsp_impressions z'],
    [
      'the alias of one branch',
      'SELECT |i.campaign FROM dsp_clicks i UNION ALL SELECT i.campaign FROM dsp_views i',
      'SELECT z.campaign FROM dsp_clicks z UNION ALL SELECT i.campaign FROM dsp_views i',
    ],
    [
      'an alias of a select list with its later uses',
      'WITH a AS (SELECT campaign AS |c FROM dsp_clicks), b AS (SELECT c FROM a GROUP BY c) SELECT b.c, 1 AS d FROM b',
      'WITH a AS (SELECT campaign AS z FROM dsp_clicks), b AS (SELECT z FROM a GROUP BY z) SELECT b.z, 1 AS d FROM b',
    ],
    [
      'an alias in GROUP BY, HAVING and ORDER BY',
      'SELECT campaign AS c, COUNT(clicks) AS |n FROM dsp_clicks GROUP BY c HAVING n > 1 ORDER BY n',
      'SELECT campaign AS c, COUNT(clicks) AS z FROM dsp_clicks GROUP BY c HAVING z > 1 ORDER BY z',
    ],
    [
      'the alias that all branches give one column',
      'WITH a AS (SELECT 1 AS n UNION ALL SELECT 2 AS n) SELECT |n FROM a',
      'WITH a AS (SELECT 1 AS z UNION ALL SELECT 2 AS z) SELECT z FROM a',
    ],
    [
      'a name of a column list',
      'WITH a (x, y) AS (VALUES (1, 2)) SELECT |x, y FROM a',
      'WITH a (z, y) AS (VALUES (1, 2)) SELECT z, y FROM a',
    ],
    [
      'a column of USING on both sides',
      'WITH a AS (SELECT 1 AS k), b AS (SELECT 2 AS k) SELECT |k FROM a JOIN b USING (k)',
      'WITH a AS (SELECT 1 AS z), b AS (SELECT 2 AS z) SELECT z FROM a JOIN b USING (z)',
    ],
    [
      'a parameter, in text too',
      "SELECT {{|a}} WHERE x LIKE '%{{a}}%' OR y = {{b}}",
      "SELECT {{z}} WHERE x LIKE '%{{z}}%' OR y = {{b}}",
    ],
    [
      'a named window',
      'SELECT RANK() OVER w FROM dsp_clicks WINDOW |w AS (ORDER BY clicks)',
      'SELECT RANK() OVER z FROM dsp_clicks WINDOW z AS (ORDER BY clicks)',
    ],
    [
      'a quoted name, which keeps its quotes',
      'SELECT "t".campaign FROM dsp_clicks |t',
      'SELECT "z".campaign FROM dsp_clicks z',
    ],
    [
      'a name that needed its quotes',
      'SELECT "day".campaign FROM dsp_clicks |"day"',
      'SELECT z.campaign FROM dsp_clicks z',
    ],
  ])('%s', (_, marked, result) => {
    expect(renamed(marked, 'z')).toBe(result)
  })

  test('into a reserved word, in quotes', () => {
    expect(renamed('SELECT campaign AS |c FROM dsp_clicks GROUP BY c', 'day')).toBe(
      'SELECT campaign AS "day" FROM dsp_clicks GROUP BY "day"',
    )
  })

  test('into itself without an edit', () => {
    const { text, offset } = cursorIn('SELECT campaign AS |c FROM dsp_clicks')
    expect(rename(text, offset, 'c', amcTables)).toEqual({ ok: true, edits: [] })
  })
})

describe('refuses', () => {
  test.each([
    [
      'SELECT |campaign FROM dsp_clicks',
      'z',
      "campaign is a column of Amazon's table dsp_clicks; give it an alias with AS",
    ],
    [
      'WITH a AS (SELECT campaign FROM dsp_clicks) SELECT |campaign FROM a',
      'z',
      "campaign is a column of Amazon's table dsp_clicks; give it an alias with AS",
    ],
    ['SELECT 1 FROM |dsp_clicks', 'z', "dsp_clicks is a table of Amazon's; give it an alias in FROM"],
    ['SELECT |dsp_clicks.campaign FROM dsp_clicks', 'z', "dsp_clicks is a table of Amazon's; give it an alias in FROM"],
    ['SELECT |SUM(clicks) FROM dsp_clicks', 'z', 'There is no name here that this query defines'],
    ['SELECT | 1', 'z', 'There is no name here that this query defines'],
    ['SELECT 1 AS |x', 'a b', 'A name begins with a letter or _ and goes on with letters, digits and _'],
    ['SELECT 1 AS |x', '1', 'A name begins with a letter or _ and goes on with letters, digits and _'],
    ['SELECT 1 AS |x', '', 'A name is missing'],
    ['SELECT 1 AS |x', 'x'.repeat(129), 'A name has at most 128 characters'],
    ['SELECT {{|a}}, {{b}}', 'b', 'There is a parameter b already'],
    ['SELECT {{|a}}', '_a', 'A parameter begins with a letter and goes on with letters, digits and _'],
    [
      'SELECT 1 AS |x FROM (',
      'z',
      'The query has faults of grammar; mend them first, so that every use of the name is found',
    ],
    [
      'WITH |a AS (SELECT 1 AS x) SELECT x FROM a',
      'dsp_clicks',
      "dsp_clicks is a table of Amazon's, which a WITH part of that name would hide",
    ],
    [
      'WITH |a AS (SELECT 1 AS x), b AS (SELECT 2 AS x) SELECT a.x FROM a JOIN b ON TRUE',
      'b',
      'b is taken: a in line 1 would mean something else',
    ],
    [
      'SELECT i.campaign FROM dsp_clicks |i JOIN dsp_views v ON i.user_id = v.user_id',
      'v',
      'v is taken: v in line 1 would mean something else',
    ],
    [
      'SELECT campaign AS c, SUM(clicks) AS |n FROM dsp_clicks GROUP BY campaign HAVING n > 1',
      'c',
      'A select list has a column c already',
    ],
    ['WITH a AS (SELECT 1 AS x, 2 AS |y) SELECT x, y FROM a', 'x', 'A select list has a column x already'],
  ])('%s as %s: %s', (marked, name, reason) => {
    expect(renamed(marked, name)).toBe(reason)
  })

  test('a parameter as one that is declared', () => {
    const declared = [{ name: 'b', type: 'STRING', list: false, whenEmpty: 'error' } as const]
    expect(renamed('SELECT {{|a}}', 'b', { declared })).toBe('There is a parameter b already')
  })
})

test.each(editingQueries)(
  '%s: every name that can be renamed and renamed back gives the text back with the same findings',
  (text) => {
    const codes = (sql: string) => analyze(sql, amcTables).diagnostics.map(({ code }) => code)
    const before = codes(text)
    let tried = 0
    for (const { from } of symbolsOf(readingOf(text, amcTables)).occurrences) {
      const able = renamableAt(text, from, amcTables)
      if (!able.ok) continue
      const there = rename(text, from, 'quite_new', amcTables)
      if (!there.ok) throw new Error(`${able.name}: ${there.reason}`)
      const after = applied(text, there.edits)
      expect(codes(after)).toEqual(before)
      const at = (there.edits[0]?.from ?? 0) + (able.name.length === 0 ? 0 : 1)
      const back = rename(after, at, able.name, amcTables)
      if (!back.ok) throw new Error(`back to ${able.name}: ${back.reason}`)
      expect(applied(after, back.edits)).toBe(text)
      tried += 1
    }
    expect(tried).toBeGreaterThan(1)
  },
)
