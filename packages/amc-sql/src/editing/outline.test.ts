import { expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { outline, type OutlineNode } from './outline.ts'

function lines(nodes: readonly OutlineNode[], depth = 0): string[] {
  return nodes.flatMap(({ kind, name, detail, children }) => [
    `${'  '.repeat(depth)}${kind} ${name} (${detail})`,
    ...lines(children, depth + 1),
  ])
}

test('lists the WITH parts with their columns, the result and its branches', () => {
  const text = `WITH wanted (id) AS (VALUES ('a')),
  clicked AS (SELECT c.user_id, c.campaign AS name FROM dsp_clicks c JOIN wanted ON wanted.id = c.campaign_id_string)
SELECT name, COUNT(DISTINCT user_id) AS users, 1 FROM clicked GROUP BY name
UNION ALL SELECT campaign, 0, 1 FROM dsp_views`
  expect(lines(outline(text, amcTables))).toEqual([
    'cte wanted ()',
    '  column id (STRING · NONE)',
    'cte clicked (dsp_clicks, wanted)',
    '  column user_id (STRING · VERY HIGH)',
    '  column name (STRING · LOW)',
    'result result (clicked, dsp_views)',
    '  column name (STRING · LOW)',
    '  column users (LONG · NONE)',
    '  column  (INTEGER · NONE)',
    '  branch clicked (SELECT)',
    '  branch dsp_views (SELECT)',
  ])
})

test('a node covers its part, and selects its name', () => {
  const text = 'WITH a AS (SELECT clicks AS n FROM dsp_clicks) SELECT n FROM a'
  const [part, result] = outline(text, amcTables)
  const textOf = (range: { from: number; to: number } | undefined) => text.slice(range?.from, range?.to)
  expect([textOf(part), textOf(part?.selection)]).toEqual(['a AS (SELECT clicks AS n FROM dsp_clicks)', 'a'])
  expect([textOf(part?.children[0]), textOf(part?.children[0]?.selection)]).toEqual(['clicks AS n', 'n'])
  expect([textOf(result), textOf(result?.selection)]).toEqual(['SELECT n FROM a', 'SELECT'])
})

test('the part of an unfinished text that can be read is there', () => {
  expect(lines(outline('WITH a AS (SELECT clicks AS n FROM', amcTables))[0]).toBe('cte a ()')
  expect(outline('', amcTables)).toEqual([])
})
