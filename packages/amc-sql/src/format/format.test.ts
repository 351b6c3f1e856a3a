import { expect, test } from 'vitest'
import { format, formatEdits } from './format.ts'

/** The text of a template literal without the indentation of this file. */
function sql([text = '']: TemplateStringsArray): string {
  return text.replace(/^\n/, '').replaceAll('\n    ', '\n').replace(/^ {4}/, '').trimEnd()
}

test('clauses stand on their own lines, keywords and functions in upper case, names as they are', () => {
  expect(
    format(
      'select Campaign, sum(impressions) as "Views", my_function(x) from dsp_impressions where campaign is not null group by 1 order by 2 desc limit 10',
    ),
  ).toBe(sql`
    SELECT Campaign, SUM(impressions) AS "Views", my_function(x)
    FROM dsp_impressions
    WHERE campaign IS NOT NULL
    GROUP BY 1
    ORDER BY 2 DESC
    LIMIT 10`)
})

test('SELECT items that do not fit in 100 columns stand one on a line', () => {
  expect(
    format(
      'SELECT advertiser, campaign_id_string, campaign, COUNT(DISTINCT user_id) AS unique_reach, SUM(impressions) AS n FROM t',
    ),
  ).toBe(sql`
    SELECT
      advertiser,
      campaign_id_string,
      campaign,
      COUNT(DISTINCT user_id) AS unique_reach,
      SUM(impressions) AS n
    FROM t`)
})

test('each WITH part is a block; a blank line between two is kept, several become one', () => {
  expect(
    format(`with a as (select x from t), b (y) as (values ('1'),('2'))


  , c as (select z from u)

select x, y from a, b`),
  ).toBe(sql`
    WITH a AS (
      SELECT x
      FROM t
    ),
    b (y) AS (
      VALUES ('1'), ('2')
    ),
    c AS (
      SELECT z
      FROM u
    )

    SELECT x, y
    FROM a, b`)
})

test('AND and OR begin their lines; an AND inside an OR stays together', () => {
  expect(format('select a from t where user_id is not null and (b = 1 or b = 2) and c between 1 and 2')).toBe(sql`
    SELECT a
    FROM t
    WHERE user_id IS NOT NULL
      AND (b = 1 OR b = 2)
      AND c BETWEEN 1 AND 2`)
  expect(format('select a from t where b = 1 and c = 2 or not d = 3')).toBe(sql`
    SELECT a
    FROM t
    WHERE b = 1 AND c = 2
      OR NOT d = 3`)
})

test('a join stands on its line, its condition indented below', () => {
  expect(
    format(
      'select i.a from dsp_impressions i left outer join dsp_clicks c on i.user_id = c.user_id and i.a = c.a cross join d join e using (a)',
    ),
  ).toBe(sql`
    SELECT i.a
    FROM dsp_impressions i
    LEFT OUTER JOIN dsp_clicks c
      ON i.user_id = c.user_id
      AND i.a = c.a
    CROSS JOIN d
    JOIN e USING (a)`)
})

test('sub-queries in FROM are indented; a short one in a condition stays on its line', () => {
  expect(
    format(
      "select a from (select a, b from table(extend_time_window('t', 'P28D', 'P0D')) where b > 1) x where a in (select a from u)",
    ),
  ).toBe(sql`
    SELECT a
    FROM (
      SELECT a, b
      FROM TABLE(EXTEND_TIME_WINDOW('t', 'P28D', 'P0D'))
      WHERE b > 1
    ) x
    WHERE a IN (SELECT a FROM u)`)
  expect(format('select a from t where a in (select a from u where b = 1 and c = 2)')).toBe(sql`
    SELECT a
    FROM t
    WHERE a IN (
      SELECT a
      FROM u
      WHERE b = 1
        AND c = 2
    )`)
})

test('UNION ALL stands between its branches', () => {
  expect(format('select a from t union all (select b from u) union select c from v order by 1')).toBe(sql`
    SELECT a
    FROM t
    UNION ALL
    (SELECT b FROM u)
    UNION
    SELECT c
    FROM v
    ORDER BY 1`)
})

test('a CASE is broken over lines when it is long', () => {
  expect(format("select case when a = 1 then 'x' else 'y' end as b from t")).toBe(sql`
    SELECT CASE WHEN a = 1 THEN 'x' ELSE 'y' END AS b
    FROM t`)
  expect(
    format(
      "select case when hours < 1 then '1 | under 1 hour' when hours < 24 and days is null and weeks is null and months is null then '2 | under 1 day' else '3 | longer' end as bucket from t",
    ),
  ).toBe(sql`
    SELECT
      CASE
        WHEN hours < 1 THEN '1 | under 1 hour'
        WHEN hours < 24 AND days IS NULL AND weeks IS NULL AND months IS NULL THEN '2 | under 1 day'
        ELSE '3 | longer'
      END AS bucket
    FROM t`)
})

test('long lists of values wrap like a paragraph', () => {
  const ids = Array.from({ length: 14 }, (_, at) => `'B0000000${at + 10}'`).join(',')
  expect(format(`select a from t where a in (${ids})`)).toBe(sql`
    SELECT a
    FROM t
    WHERE a IN (
      'B000000010', 'B000000011', 'B000000012', 'B000000013', 'B000000014', 'B000000015', 'B000000016',
      'B000000017', 'B000000018', 'B000000019', 'B000000020', 'B000000021', 'B000000022', 'B000000023'
    )`)
  const rows = Array.from({ length: 9 }, (_, at) => `('B0000000${at + 10}')`).join(',')
  expect(format(`values ${rows}`)).toBe(sql`
    VALUES
      ('B000000010'), ('B000000011'), ('B000000012'), ('B000000013'), ('B000000014'), ('B000000015'),
      ('B000000016'), ('B000000017'), ('B000000018')`)
})

test('rows of several columns that do not fit stand one on a line', () => {
  const rows = ['Awareness', 'Consideration', 'Conversion', 'Loyalty'].map((one) => `('${one}', '${one} campaigns')`)
  expect(format(`with names (a, b) as (values ${rows.join(',')}) select a from names`)).toBe(sql`
    WITH names (a, b) AS (
      VALUES
        ('Awareness', 'Awareness campaigns'),
        ('Consideration', 'Consideration campaigns'),
        ('Conversion', 'Conversion campaigns'),
        ('Loyalty', 'Loyalty campaigns')
    )
    SELECT a
    FROM names`)
})

test('a long calculation goes on below, its operator first; what does not fit in parentheses is indented', () => {
  expect(
    format(
      'select 100.0 * count(distinct case when purchases > 0 then user_id end) / nullif(count(distinct user_id), 0) as percentage from t',
    ),
  ).toBe(sql`
    SELECT
      100.0 * COUNT(DISTINCT CASE WHEN purchases > 0 THEN user_id END)
        / NULLIF(COUNT(DISTINCT user_id), 0) AS percentage
    FROM t`)
  expect(
    format(
      'select row_number() over (partition by advertiser, campaign_id_string order by first_touch_timestamp, campaign desc) as step from t',
    ),
  ).toBe(sql`
    SELECT
      ROW_NUMBER() OVER (
        PARTITION BY advertiser, campaign_id_string
        ORDER BY first_touch_timestamp, campaign DESC
      ) AS step
    FROM t`)
})

test('spaces are where one writes them', () => {
  expect(
    format(
      "select i . a,-1,- -b,count( * ),a*-1,x.order,cast(a as decimal( 18,4 )),extract(dow from d),trim(both ' ' from s),interval'7'day,date'2026-01-01',arr [1],array [ 'a' ] from t",
    ),
  ).toBe(sql`
    SELECT
      i.a,
      -1,
      - -b,
      COUNT(*),
      a * -1,
      x.order,
      CAST(a AS DECIMAL(18, 4)),
      EXTRACT(DOW FROM d),
      TRIM(BOTH ' ' FROM s),
      INTERVAL '7' DAY,
      DATE '2026-01-01',
      arr[1],
      ARRAY['a']
    FROM t`)
})

test('placeholders and texts stay as they are', () => {
  expect(format("select a from t where b in {{ids}} and c like '%{{name}}%' and d = 'select  from'")).toBe(sql`
    SELECT a
    FROM t
    WHERE b IN {{ids}}
      AND c LIKE '%{{name}}%'
      AND d = 'select  from'`)
})

test('comments stay where they were: on their line, behind their word, in front of it', () => {
  expect(
    format(`-- what this counts
select a, -- the first
/* the second */ b
     -- , c
from t /* events */ where -- only new ones
a = 1
   -- and old ones
   and b = 2 /* never 3 */
-- the end`),
  ).toBe(sql`
    -- what this counts
    SELECT
      a, -- the first
      /* the second */ b
    -- , c
    FROM t /* events */
    WHERE -- only new ones
      a = 1
      -- and old ones
      AND b = 2 /* never 3 */
    -- the end`)
})

test('a comment above a clause leaves the clause on its line', () => {
  expect(format('-- all\nselect a, b\n-- events\nfrom t\n-- each\ngroup by a, b')).toBe(sql`
    -- all
    SELECT a, b
    -- events
    FROM t
    -- each
    GROUP BY a, b`)
})

test('a line that a comment switches rules off for stays one line, so that the comment speaks of the same text', () => {
  expect(
    format(`select a, sum(b) / sum(c) as d from t -- recomamp-ignore AMC026: c is never 0
where x = 1 and y = 2
-- recomamp-ignore AMC032: as exported
and z = null and w = 1
group by 1`),
  ).toBe(sql`
    SELECT a, SUM(b) / SUM(c) AS d FROM t -- recomamp-ignore AMC026: c is never 0
    WHERE x = 1
      AND y = 2
      -- recomamp-ignore AMC032: as exported
      AND z = NULL AND w = 1
    GROUP BY 1`)
})

test('a comment in front of a closing parenthesis belongs to what it closes', () => {
  expect(
    format(`with a as (select x from t
-- where x > 1
), /* next */ b as (select y from u) select x, y from a, b`),
  ).toBe(sql`
    WITH a AS (
      SELECT x
      FROM t
      -- where x > 1
    ), /* next */
    b AS (
      SELECT y
      FROM u
    )
    SELECT x, y
    FROM a, b`)
})

test('a broken text is laid out as far as its structure is known', () => {
  expect(format('select i.\nfrom t where')).toBe('SELECT i.\nFROM t\nWHERE')
  expect(format('select a, from t where (b = 1 and')).toBe('SELECT a,\nFROM t\nWHERE (b = 1 AND')
  expect(format("select 'abc\nfrom t")).toBe("SELECT\n  'abc\nFROM t")
  expect(format('select case when a then b from t')).toBe('SELECT CASE WHEN a THEN b\nFROM t')
  expect(format('select a) from t')).toBe('SELECT a)\nFROM t')
})

test('a text whose tokens hang on their line is left alone', () => {
  for (const text of ['select ‘ a\n, b’ from t', 'select ` a\n, b` from t', '   ', '']) expect(format(text)).toBe(text)
})

test('line breaks stay of their kind, and a final one stays', () => {
  expect(format('select a\r\nfrom t\r\n')).toBe('SELECT a\r\nFROM t\r\n')
  expect(format('select a\nfrom t\n\n\n')).toBe('SELECT a\nFROM t\n')
  expect(format("select 'x\r\ny', a from t")).toBe("SELECT 'x\r\ny', a\r\nFROM t")
})

test('a lone carriage return ends a line too', () => {
  const formatted = format('[5 -- a\r-- b')
  expect(format(formatted)).toBe(formatted)
})

test('no-break spaces become plain ones', () => {
  expect(format('select\u00a0a from\u200b t')).toBe('SELECT a\nFROM t')
})

test('edits touch only what changes, so that a cursor keeps its word', () => {
  const text = 'SELECT a,  b\nFROM t where c = 1'
  expect(formatEdits(text)).toEqual([
    { from: 10, to: 11, text: '' },
    { from: 19, to: 20, text: '\n' },
    { from: 20, to: 25, text: 'WHERE' },
  ])
  expect(formatEdits('SELECT a\nFROM t')).toEqual([])
})

test('the width can be told', () => {
  expect(format('select alpha, beta from t', { width: 17 })).toBe('SELECT\n  alpha,\n  beta\nFROM t')
})
