import { describe, expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { catalogue } from '../../test/catalogue.ts'
import { cursorIn } from '../../test/cursor.ts'
import { analyze } from '../analyze.ts'
import { complete } from './complete.ts'
import type { CompletionItem, CompletionKind } from './completion.ts'
import type { CompleteOptions } from './offers/asked.ts'

function itemsAt(marked: string, options: CompleteOptions = {}): CompletionItem[] {
  const { text, offset } = cursorIn(marked)
  return complete(text, offset, amcTables, options).items
}

function labels(marked: string, kind?: CompletionKind, options: CompleteOptions = {}): string[] {
  return itemsAt(marked, options)
    .filter((item) => kind === undefined || item.kind === kind)
    .map((item) => item.label)
}

function insertOf(marked: string, label: string): string | undefined {
  return itemsAt(marked).find((item) => item.label === label)?.insert
}

/** The text with the best item put in, without the marks of a snippet. */
function accepted(marked: string, label: string): string {
  const { text, offset } = cursorIn(marked)
  const { from, to, items } = complete(text, offset, amcTables)
  const item = items.find((candidate) => candidate.label === label)
  if (item === undefined) return `no ${label}`
  return text.slice(0, from) + item.insert.replaceAll(/\$\{\d+:([^{}]*)\}/g, '$1') + text.slice(to)
}

describe('columns', () => {
  test.each([
    ['SELECT i.| FROM dsp_impressions i', 'dsp_impressions'],
    ['SELECT i.camp| FROM dsp_impressions i', 'dsp_impressions'],
    ['SELECT i.|\nFROM dsp_impressions i', 'dsp_impressions'],
    ['SELECT i.campaign, i.|\nFROM dsp_impressions i\nWHERE i.user_id IS NOT NULL', 'dsp_impressions'],
    ['SELECT SUM(i.|) FROM dsp_impressions i', 'dsp_impressions'],
    ['SELECT SUM(i.| FROM dsp_impressions i', 'dsp_impressions'],
    ['SELECT 1 FROM dsp_impressions i JOIN dsp_clicks c ON i.request_tag = c.|', 'dsp_clicks'],
    ['SELECT 1 FROM dsp_impressions i JOIN dsp_clicks c ON i.request_tag = c.| WHERE c.clicks = 1', 'dsp_clicks'],
    ["SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P1D', 'P0D')) c WHERE c.|", 'dsp_clicks'],
    ['SELECT dsp_clicks.| FROM dsp_clicks', 'dsp_clicks'],
    ['WITH a AS (SELECT i.| FROM dsp_impressions i', 'dsp_impressions'],
    ['WITH a AS (SELECT c.| FROM dsp_clicks c), b AS (SELECT 1) SELECT 1 FROM a', 'dsp_clicks'],
  ])('%s lists the columns of %s and nothing else', (marked, table) => {
    const columns = amcTables.tables.find(({ name }) => name === table)?.columns.map(({ name }) => name)
    expect(labels(marked).toSorted()).toEqual(columns?.toSorted())
  })

  test('of a WITH part come with the names and types that it gives them', () => {
    const items = itemsAt(
      'WITH a (person, n) AS (SELECT user_id, SUM(impressions) FROM dsp_impressions GROUP BY 1) SELECT a.| FROM a',
    )
    expect(items.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      'n: LONG · NONE · a',
      'person: STRING · VERY HIGH · a',
    ])
  })

  test('of a subquery come by its alias', () => {
    expect(labels('SELECT t.| FROM (SELECT campaign AS c, 1 AS one FROM dsp_clicks) t').toSorted()).toEqual([
      'c',
      'one',
    ])
  })

  test('say type, class, unit and table', () => {
    const item = itemsAt('SELECT | FROM dsp_impressions i').find(({ label }) => label === 'total_cost')
    expect(item).toMatchObject({
      detail: 'DOUBLE · NONE · millicents · dsp_impressions i',
      documentation: 'Says total_cost.',
    })
  })

  test('that two tables have are inserted with their table', () => {
    const campaigns = itemsAt(
      'SELECT | FROM dsp_impressions i JOIN dsp_clicks c ON i.request_tag = c.request_tag',
    ).filter(({ label }) => label === 'campaign')
    expect(campaigns.map(({ insert }) => insert)).toEqual(['i.campaign', 'c.campaign'])
  })

  test('replace the whole word at the cursor', () => {
    expect(accepted('SELECT cam|paign_id FROM dsp_clicks', 'campaign')).toBe('SELECT campaign FROM dsp_clicks')
    expect(accepted('SELECT c.|campaign_id FROM dsp_clicks c', 'campaign')).toBe('SELECT c.campaign FROM dsp_clicks c')
    expect(accepted('SELECT "cam|" FROM dsp_clicks', 'campaign')).toBe('SELECT "campaign" FROM dsp_clicks')
  })

  test('inside aggregates go by what the aggregate takes', () => {
    expect(labels('SELECT COUNT(DISTINCT | FROM dsp_clicks')[0]).toBe('user_id')
    expect(labels('SELECT SUM(|) FROM dsp_clicks')[0]).toBe('clicks')
    expect(labels('SELECT SECONDS_BETWEEN(campaign, | FROM dsp_impressions').slice(0, 3).toSorted()).toEqual([
      'impression_date',
      'impression_dt',
      'impression_dt_utc',
    ])
  })

  test('that the result must not show come last, and only there', () => {
    const shown = labels('SELECT | FROM dsp_clicks', 'column')
    expect(shown.slice(-2).toSorted()).toEqual(['request_tag', 'user_id'])
    expect(labels('WITH a AS (SELECT | FROM dsp_clicks) SELECT 1 FROM a', 'column').indexOf('user_id')).toBeLessThan(5)
  })

  test('without a FROM are those of the whole catalogue, below everything in scope', () => {
    const items = itemsAt('SELECT |')
    expect(items.filter(({ kind }) => kind === 'column').every(({ rank }) => rank <= 20)).toBe(true)
    expect(items.find(({ label }) => label === 'campaign')?.detail).toBe('STRING · 6 tables')
  })
})

describe('what is in scope', () => {
  test.each([
    'SELECT | FROM dsp_clicks',
    'SELECT campaign FROM dsp_clicks WHERE |',
    'SELECT campaign FROM dsp_clicks GROUP BY |',
    'SELECT CASE WHEN | FROM dsp_clicks',
    'SELECT SUM(IF(clicks > 1, |, 0)) FROM dsp_clicks',
    'SELECT ROW_NUMBER() OVER (PARTITION BY | FROM dsp_clicks',
  ])('ranks above everything else in %s', (marked) => {
    const items = itemsAt(marked)
    const columns = items.filter(({ kind }) => kind === 'column')
    const others = items.filter(({ kind }) => kind === 'function' || kind === 'keyword' || kind === 'parameter')
    expect(columns.length).toBeGreaterThan(5)
    expect(others.length).toBeGreaterThan(5)
    expect(Math.min(...columns.map(({ rank }) => rank))).toBeGreaterThan(Math.max(...others.map(({ rank }) => rank)))
  })

  test('has the aliases of the select list where AMC reads them, never in WHERE', () => {
    const query = 'SELECT campaign AS c, SUM(clicks) AS n FROM dsp_clicks'
    expect(labels(`${query} GROUP BY |`, 'alias')).toEqual(['c'])
    expect(labels(`${query} GROUP BY c HAVING |`, 'alias').toSorted()).toEqual(['c', 'n'])
    expect(labels(`${query} GROUP BY c ORDER BY |`, 'alias').toSorted()).toEqual(['c', 'n'])
    expect(labels(`${query} WHERE | GROUP BY c`, 'alias')).toEqual([])
    expect(labels('SELECT campaign AS c, | FROM dsp_clicks', 'alias')).toEqual([])
  })

  test('has WITH parts from where they end', () => {
    const marked = (where: string) =>
      `WITH first AS (SELECT 1 FROM ${where === 'first' ? '|' : 'dsp_clicks'}), second AS (SELECT 1 FROM ${where === 'second' ? '|' : 'x'}) SELECT 1 FROM ${where === 'main' ? '|' : 'y'}`
    expect(labels(marked('first'), 'cte')).toEqual([])
    expect(labels(marked('second'), 'cte')).toEqual(['first'])
    expect(labels(marked('main'), 'cte').toSorted()).toEqual(['first', 'second'])
  })

  test('belongs to the innermost query', () => {
    const marked = 'SELECT campaign FROM dsp_impressions WHERE user_id IN (SELECT | FROM dsp_clicks)'
    expect(labels(marked, 'column')).toContain('clicks')
    expect(labels(marked, 'column')).not.toContain('impressions')
  })

  test('of an ORDER BY behind a UNION is its output', () => {
    const marked = 'SELECT campaign AS c FROM dsp_clicks UNION ALL SELECT campaign FROM dsp_views ORDER BY |'
    expect(labels(marked)).toEqual(['c'])
  })
})

describe('FROM', () => {
  test.each([
    'SELECT 1 FROM |',
    'SELECT 1 FROM dsp|',
    'SELECT 1 FROM dsp_clicks c JOIN |',
    'SELECT 1 FROM dsp_clicks c LEFT JOIN | ON c.user_id = d.user_id',
    'SELECT 1 FROM dsp_clicks, |',
    'WITH a AS (SELECT 1 FROM |',
    'SELECT | , x FROM |'.replace('| , ', ''),
  ])('%s takes tables, WITH parts and the ways to write them', (marked) => {
    const kinds = new Set(itemsAt(marked).map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual(['snippet', 'table'])
    expect(labels(marked, 'table')).toHaveLength(amcTables.tables.length)
    expect(insertOf(marked, "TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D'))")).toBe(
      "TABLE(EXTEND_TIME_WINDOW('${1:table}', '${2:P28D}', '${3:P0D}'))",
    )
  })

  test('puts the tables of the kind that the query reads first', () => {
    expect(labels('SELECT 1 FROM |', 'table').indexOf('dsp_impressions_for_audiences')).toBe(8)
    expect(labels('SELECT user_id FROM dsp_impressions_for_audiences JOIN |', 'table')[0]).toBe(
      'dsp_impressions_for_audiences',
    )
    expect(labels('SELECT user_id FROM |', 'table', { audience: true })[0]).toBe('dsp_impressions_for_audiences')
  })

  test.each([
    [
      'SELECT campaign FROM dsp_clicks |',
      ['JOIN', 'WHERE', 'GROUP BY', 'UNION ALL', 'AS'],
      ['FROM', 'HAVING', 'ON', 'SELECT', 'AND'],
    ],
    ['SELECT campaign FROM dsp_clicks | WHERE clicks = 1', ['JOIN', 'GROUP BY'], ['WHERE']],
    ['SELECT campaign FROM dsp_clicks c JOIN dsp_views v |', ['ON', 'USING', 'LEFT JOIN'], ['FROM']],
    ['SELECT campaign FROM dsp_clicks c CROSS JOIN dsp_views v |', ['WHERE'], ['ON', 'USING']],
    ['SELECT campaign FROM dsp_clicks c LEFT |', ['JOIN', 'OUTER JOIN'], ['WHERE', 'AS']],
    ['SELECT campaign |', ['AS', 'FROM', 'IS NULL'], ['WHERE', 'JOIN']],
    ['SELECT campaign | FROM dsp_clicks', ['AS', 'IS NULL'], ['FROM', 'WHERE']],
    ['SELECT campaign FROM dsp_clicks WHERE user_id |', ['IS NOT NULL', 'IN', 'AND'], ['FROM', 'SELECT', 'THEN']],
    ['SELECT campaign FROM dsp_clicks WHERE user_id IS |', ['NOT NULL', 'NULL'], []],
    ['SELECT campaign FROM dsp_clicks WHERE user_id IS NOT |', ['NULL', 'TRUE'], ['IN']],
    ['SELECT campaign FROM dsp_clicks WHERE campaign NOT |', ['IN', 'LIKE', 'SIMILAR TO', 'BETWEEN'], ['AND']],
    ['SELECT campaign FROM dsp_clicks WHERE NOT |', ['CASE', 'TRUE'], ['IN', 'AND']],
    ['SELECT campaign FROM dsp_clicks GROUP |', ['BY'], ['SELECT']],
    ['SELECT campaign FROM dsp_clicks GROUP BY campaign |', ['HAVING', 'UNION ALL'], ['WHERE', 'JOIN', 'GROUP BY']],
    ['SELECT campaign FROM dsp_clicks UNION |', ['ALL', 'SELECT'], ['FROM', 'WITH']],
    ['SELECT campaign FROM dsp_clicks ORDER BY campaign |', ['DESC', 'ASC'], ['WHERE']],
    ['SELECT RANK() OVER (|', ['PARTITION BY', 'ORDER BY'], ['SELECT', 'CASE']],
    ['SELECT RANK() OVER (PARTITION BY campaign |', ['ORDER BY'], ['SELECT', 'DESC']],
    ['SELECT CASE WHEN a = 1 |', ['THEN', 'AND'], ['FROM', 'END']],
    ['SELECT CASE WHEN a = 1 THEN 2 |', ['WHEN', 'ELSE', 'END'], ['FROM', 'THEN']],
    ['SELECT CAST(campaign |', ['AS'], ['FROM', 'AND']],
    ['SELECT TRIM(BOTH campaign |', ['FROM'], ['AS', 'WHERE']],
    ['WITH a |', ['AS'], ['SELECT', 'FROM']],
    ['WITH a AS (SELECT 1) |', ['SELECT'], ['FROM', 'AS']],
    ['|', ['SELECT', 'WITH', 'VALUES'], ['FROM', 'WHERE', 'CASE']],
    ['SELECT 1 FROM (|', ['SELECT'], ['FROM']],
    ['SELECT 1 WHERE x IN (|', ['SELECT'], ['FROM', 'WHERE']],
  ])('%s goes on with %j and not with %j', (marked, wanted, unwanted) => {
    const found = labels(marked, 'keyword')
    for (const word of wanted) expect(found).toContain(word)
    for (const word of unwanted) expect(found).not.toContain(word)
  })
})

describe('joins', () => {
  test('offer the keys of one event before those of many, as whole conditions', () => {
    expect(labels('SELECT 1 FROM dsp_impressions i JOIN dsp_clicks c ON |', 'join')).toEqual([
      'i.request_tag = c.request_tag',
      'i.user_id = c.user_id',
      'i.campaign_id_string = c.campaign_id_string',
      'i.campaign_id = c.campaign_id',
      'i.campaign = c.campaign',
    ])
  })

  test.each([
    ['FROM dsp_impressions i JOIN dsp_views v ON |', 'i.request_tag = v.impression_id'],
    [
      'FROM sponsored_ads_traffic s JOIN amazon_attributed_events_by_traffic_time a ON |',
      's.event_id = a.traffic_event_id',
    ],
    [
      'FROM audience_segments a JOIN segment_metadata m ON |',
      'a.segment_id = m.segment_id AND a.segment_marketplace_id = m.segment_marketplace_id',
    ],
    ['FROM dsp_impressions JOIN dsp_clicks ON |', 'dsp_impressions.request_tag = dsp_clicks.request_tag'],
    [
      'FROM dsp_impressions i JOIN dsp_clicks c ON i.user_id = c.user_id JOIN dsp_views v ON |',
      'c.request_tag = v.impression_id',
    ],
  ])('SELECT 1 %s begins with %s', (from, condition) => {
    expect(labels(`SELECT 1 ${from}`, 'join')[0]).toBe(condition)
  })

  test('put a key that a side has once first, and all keys of its GROUP BY together', () => {
    const parts =
      'WITH a AS (SELECT user_id AS person, campaign FROM dsp_clicks GROUP BY user_id, campaign), b AS (SELECT user_id FROM dsp_views GROUP BY 1)'
    expect(labels(`${parts} SELECT 1 FROM dsp_impressions i JOIN b ON |`, 'join')[0]).toBe('i.user_id = b.user_id')
    expect(labels(`${parts} SELECT 1 FROM dsp_impressions i JOIN a ON |`, 'join')[0]).toBe(
      'i.user_id = a.person AND i.campaign = a.campaign',
    )
  })

  test('leave out columns of different types', () => {
    const parts = 'WITH a AS (SELECT CAST(campaign_id AS VARCHAR) AS campaign_id FROM dsp_clicks)'
    expect(labels(`${parts} SELECT 1 FROM dsp_impressions i JOIN a ON |`, 'join')).toEqual([])
  })

  test('with USING name the columns that both have', () => {
    const marked = 'SELECT 1 FROM dsp_impressions i JOIN dsp_views v USING (|)'
    expect(labels(marked)[0]).toBe('user_id')
    expect(labels(marked)).not.toContain('request_tag')
  })
})

describe('values', () => {
  test.each([
    ["SELECT 1 FROM dsp_impressions WHERE device_type = '|'", ['Tablet', 'Phone', 'TV']],
    ["SELECT 1 FROM dsp_impressions WHERE device_type = '|", ['Tablet', 'Phone', 'TV']],
    ["SELECT 1 FROM dsp_impressions WHERE device_type = '|\nGROUP BY campaign", ['Tablet', 'Phone', 'TV']],
    ["SELECT SUM(IF(device_type = '|, 1, 0)) FROM dsp_impressions WHERE campaign = 'x'", ['Tablet', 'Phone', 'TV']],
    ["SELECT SUM(IF(device_type = '|, 1, 0))\nFROM dsp_impressions\nWHERE campaign = 'x'", ['Tablet', 'Phone', 'TV']],
    ["SELECT 1 FROM dsp_impressions i WHERE i.device_type <> '|'", ['Tablet', 'Phone', 'TV']],
    ["SELECT 1 FROM dsp_impressions WHERE device_type IN ('TV', '|')", ['Tablet', 'Phone', 'TV']],
    ["SELECT 1 FROM dsp_impressions WHERE device_type NOT IN ('|", ['Tablet', 'Phone', 'TV']],
    ["SELECT CASE device_type WHEN '|' THEN 1 END FROM dsp_impressions", ['Tablet', 'Phone', 'TV']],
    ["SELECT CASE WHEN device_type = '|' THEN 1 END FROM dsp_impressions", ['Tablet', 'Phone', 'TV']],
    ["SELECT SUM(IF(device_type = '|', 1, 0)) FROM dsp_impressions", ['Tablet', 'Phone', 'TV']],
    ["SELECT 1 FROM dsp_impressions WHERE CONTAINED_IN(device_type, '|')", ['Tablet', 'Phone', 'TV']],
    [
      "WITH a AS (SELECT device_type AS d FROM dsp_impressions) SELECT 1 FROM a WHERE d = '|'",
      ['Tablet', 'Phone', 'TV'],
    ],
    ["SELECT 1 FROM dsp_impressions WHERE creative_category = '|'", ['Display', 'Video', "Kid''s"]],
    ["SELECT 1 FROM dsp_impressions WHERE campaign = '|'", []],
    ["SELECT '|' AS device_type FROM dsp_impressions", []],
    // A literal must not meet a column of this class.
    ["SELECT 1 FROM dsp_impressions WHERE postal_code = '|'", []],
  ])('%s: %j', (marked, values) => {
    expect(labels(marked)).toEqual(values)
  })

  test('outside of quotes are put in quotes', () => {
    const found = labels('SELECT 1 FROM dsp_impressions WHERE device_type = |')
    expect(found.slice(0, 3)).toEqual(["'Tablet'", "'Phone'", "'TV'"])
    expect(labels('SELECT 1 FROM dsp_impressions WHERE device_type IN (|').slice(0, 1)).toEqual(["'Tablet'"])
    expect(labels('SELECT 1 FROM dsp_impressions WHERE is_viewable = |').slice(0, 2)).toEqual(['TRUE', 'FALSE'])
  })

  test('replace the text in the quotes only', () => {
    expect(accepted("SELECT 1 FROM dsp_impressions WHERE device_type = 'Ta|xx' AND 1 = 1", 'Tablet')).toBe(
      "SELECT 1 FROM dsp_impressions WHERE device_type = 'Tablet' AND 1 = 1",
    )
    expect(accepted("SELECT 1 FROM dsp_impressions WHERE device_type = 'Ta|", 'Tablet')).toBe(
      "SELECT 1 FROM dsp_impressions WHERE device_type = 'Tablet",
    )
  })
})

describe('arguments of calls', () => {
  test.each([
    ['SELECT CAST(campaign AS |)', 'type', ['DATE', 'TIMESTAMP', 'INTEGER']],
    ['SELECT CAST(campaign AS |', 'type', ['DATE', 'TIMESTAMP', 'INTEGER']],
    ['SELECT EXTRACT(|', 'unit', ['SECOND', 'MINUTE', 'HOUR']],
    ["SELECT DATE_TRUNC('|', x)", 'unit', ['SECOND', 'MINUTE', 'HOUR']],
    ["SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('|", 'table', ['dsp_impressions', 'dsp_clicks', 'dsp_views']],
    ["SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', '|'))", 'value', ['P0D', 'P1D', 'P7D']],
    ["SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P1D', |", 'value', ["'P0D'", "'P1D'", "'P7D'"]],
    ["SELECT BUILT_IN_PARAMETER('|')", 'parameter', ['TIME_WINDOW_START', 'TIME_WINDOW_END']],
    ["SELECT CUSTOM_PARAMETER('|')", 'parameter', ['asins']],
  ] as const)('%s takes %s', (marked, kind, first) => {
    const options = {
      customParameters: [{ name: 'asins', dataType: { type: 'ARRAY', elementDataType: 'STRING' } as const }],
    }
    const found = itemsAt(marked, options)
    expect(found.every((item) => item.kind === kind)).toBe(true)
    expect(found.slice(0, first.length).map(({ label }) => label)).toEqual(first)
  })

  test('have no window of tables without time', () => {
    expect(labels("SELECT 1 FROM TABLE(EXTEND_TIME_WINDOW('|")).not.toContain('segment_metadata')
  })

  test('of a function are places to fill in, unless they are there', () => {
    expect(insertOf('SELECT |', 'SUBSTRING')).toBe('SUBSTRING(${1:text} FROM ${2:start})')
    expect(insertOf('SELECT |', 'ROUND')).toBe('ROUND(${1:number})')
    expect(insertOf('SELECT |', 'COUNT')).toBe('COUNT(${1:value})')
    expect(insertOf('SELECT |', 'NAMED_ROW')).toBe("NAMED_ROW('${1:label}', ${2:value})")
    expect(insertOf('SELECT |', 'DATE_TRUNC')).toBe("DATE_TRUNC('${1:unit}', ${2:time})")
    expect(insertOf('SELECT |', 'BUILT_IN_PARAMETER')).toBe("BUILT_IN_PARAMETER('${1:TIME_WINDOW_START}')")
    expect(insertOf('SELECT |', 'CAST')).toBe('CAST(${1:value} AS ${2:type})')
    expect(insertOf('SELECT |', 'CURRENT_DATE')).toBe('CURRENT_DATE')
    expect(insertOf('SELECT SU|(clicks) FROM dsp_clicks', 'SUM')).toBe('SUM')
  })
})

describe('parameters', () => {
  const declared = [{ name: 'campaigns', type: 'STRING', list: true, whenEmpty: 'all' } as const]

  test.each([
    ['SELECT 1 WHERE x = {{|', 'campaigns}}'],
    ['SELECT 1 WHERE x = {{cam|', 'campaigns}}'],
    ['SELECT 1 WHERE x = {{cam|}}', 'campaigns'],
    ["SELECT 1 WHERE x LIKE '%{{|}}%'", 'campaigns'],
    ["SELECT 1 WHERE x LIKE '%{{|", 'campaigns}}'],
  ])('%s inserts %s', (marked, insert) => {
    expect(itemsAt(marked, { declared })[0]).toMatchObject({ label: 'campaigns', insert, detail: 'list of STRING' })
  })

  test('are those that are declared and those that the text uses', () => {
    expect(labels('SELECT {{one}} WHERE x = {{|}} AND y = {{two}}', undefined, { declared })).toEqual([
      'campaigns',
      'one',
      'two',
    ])
  })

  test('are values, with their braces', () => {
    expect(labels('SELECT 1 WHERE x = |', 'parameter', { declared })).toEqual(['{{campaigns}}'])
  })
})

describe('nothing is offered', () => {
  test.each([
    'SELECT 1 -- a comment |',
    'SELECT 1 -- a comment {{|',
    'SELECT /* a | comment */ 1',
    'SELECT /* a | comment',
    'SELECT 12|',
    'SELECT campaign AS |',
    'WITH |',
    'WITH a AS (SELECT 1), |',
    'WITH a (|',
    'SELECT x.| FROM dsp_clicks',
    'SELECT 1 LIMIT |',
    'SELECT 1 WINDOW |',
    'SELECT CAST(x AS DECIMAL(|',
  ])('in %s', (marked) => {
    expect(labels(marked)).toEqual([])
  })
})

describe('snippets', () => {
  test('are whole queries at the beginning', () => {
    expect(labels('|', 'snippet')).toEqual([
      'reach and frequency',
      'new-to-brand by campaign',
      'list of values with a join',
      'DSP and sponsored ads together',
      'top n by rank',
      'path to conversion',
    ])
  })

  test('are valid queries over the whole catalogue as they stand', () => {
    const faulty = itemsAt('|')
      .filter(({ kind }) => kind === 'snippet')
      .flatMap(({ label, insert }) => {
        const sql = insert.replaceAll(/\$\{\d+:([^{}]*)\}/g, '$1')
        return analyze(sql, catalogue).diagnostics.map(({ message }) => `${label}: ${message}`)
      })
    expect(faulty).toEqual([])
  })

  test('of a select list are made of the columns in scope', () => {
    const inserts = (marked: string) =>
      itemsAt(marked).flatMap(({ kind, insert }) => (kind === 'snippet' ? [insert] : []))
    expect(inserts('SELECT | FROM dsp_impressions')).toEqual([
      'SUM(${1:supply_cost}) / 100000000.0 AS ${2:dollars}',
      'SUM(${1:total_cost}) / 100000.0 AS ${2:dollars}',
      'COUNT(DISTINCT ${1:user_id}) AS ${2:users}',
      'SECONDS_BETWEEN(${1:impression_dt}, ${2:impression_dt_utc}) / 86400',
    ])
    expect(inserts('SELECT | FROM dsp_clicks C JOIN sponsored_ads_traffic s ON C.user_id = s.user_id')).toEqual([
      'SUM(${1:s.spend}) / 100000000.0 AS ${2:dollars}',
      'SUM(${1:C.clicks}) / NULLIF(SUM(${2:s.impressions}), 0) AS ${3:rate}',
      'COUNT(DISTINCT ${1:C.user_id}) AS ${2:users}',
      'SECONDS_BETWEEN(${1:s.event_dt_utc}, ${2:C.click_dt_utc}) / 86400',
    ])
  })

  test('group by all that is not aggregated', () => {
    const marked = 'SELECT campaign, device_type AS d, 1 AS one, SUM(clicks) AS n FROM dsp_impressions GROUP BY |'
    expect(labels(marked)[0]).toBe('campaign, d')
  })

  test('exclude the unknown users', () => {
    expect(labels('SELECT 1 FROM dsp_clicks WHERE |')[0]).toBe('user_id IS NOT NULL')
    expect(labels('SELECT 1 FROM dsp_clicks c JOIN dsp_views v ON c.user_id = v.user_id WHERE |')[0]).toBe(
      'c.user_id IS NOT NULL',
    )
  })

  test('write the query of a WITH part', () => {
    expect(accepted('WITH a |', 'AS (SELECT …)')).toBe('WITH a AS (\n  SELECT columns\n  FROM table\n)')
  })
})

test('keywords and functions follow the case of the text', () => {
  expect(labels('select | from dsp_clicks')).toContain('sum')
  expect(labels('select campaign from dsp_clicks where user_id |', 'keyword')).toContain('is not null')
  expect(insertOf('select 1 from |', "table(extend_time_window('table', 'P28D', 'P0D'))")).toBe(
    "table(extend_time_window('${1:table}', '${2:P28D}', '${3:P0D}'))",
  )
  expect(labels('select 1 from dsp_impressions I join dsp_clicks C on |', 'join')[0]).toBe(
    'I.request_tag = C.request_tag',
  )
})

test('names that are reserved are inserted in quotes', () => {
  expect(insertOf('WITH a AS (SELECT campaign AS "day" FROM dsp_clicks) SELECT | FROM a', 'day')).toBe('"day"')
})
