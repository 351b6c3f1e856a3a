import type { RuleEntry } from './rule.ts'

/** The lexer's: it knows the character before any rule sees a query. */
export const oddCharactersEntry: RuleEntry = {
  rule: { code: 'AMC019', severity: 'error' },
  title: 'Plain spaces and straight quotes',
  why: 'Text that comes out of a document or a chat carries no-break spaces, zero-width spaces and curved quotes, which look right and are not. AMC answers with a lexical error.',
  source: 'fact',
  bad: `SELECT campaign,\u00a0SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign <> \u2018test\u2019
GROUP BY campaign`,
  good: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign <> 'test'
GROUP BY campaign`,
}

/** What the grammar and the lexer find, apart from the numbered rules. */
export const languageEntries: readonly RuleEntry[] = [
  {
    rule: { code: 'syntax', severity: 'error' },
    title: 'The text is a query that AMC can read',
    why: 'A word is missing, misspelt or in the wrong place. The text is read on behind it, so that several slips are found at once, each at its own place. AMC itself names only the first one.',
    source: 'fact',
    bad: `SELECT campaign SUM(clicks) AS clicks
FROM dsp_clicks
WEHRE campaign IN ('a', 'b'
GROUP BY campaign`,
    good: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign IN ('a', 'b')
GROUP BY campaign`,
  },
  {
    rule: { code: 'lexical', severity: 'error' },
    title: 'Every sign belongs to AMC SQL',
    why: 'Back ticks, `#` comments, `==`, `&&`, names that begin with a digit, `:name` and text that is not closed belong to other languages. Names take double quotes or none, text takes single quotes.',
    source: 'calcite',
    bad: `SELECT \`campaign\`, SUM(clicks) AS 30d_clicks # all of them
FROM dsp_clicks
WHERE campaign == 'a'
GROUP BY 1`,
    good: `SELECT campaign, SUM(clicks) AS "30d_clicks" -- all of them
FROM dsp_clicks
WHERE campaign = 'a'
GROUP BY 1`,
  },
  {
    rule: { code: 'unsupported', severity: 'error' },
    title: 'Only what AMC has',
    why: 'What other dialects have and AMC’s grammar has not: `::`, ILIKE, TRY_CAST, QUALIFY, DISTINCT ON, INTERSECT and EXCEPT, GROUPING SETS, NATURAL and LATERAL joins, WITH RECURSIVE, statements that change something. What Calcite has and Amazon documents nowhere is a warning: EXISTS, FILTER, window frames, subscripts, values of subqueries. The dialect switch `undocumented: "refuse"` makes these errors.',
    source: 'calcite',
    bad: `SELECT CAST(click_date_utc AS CHAR) AS day_of_click, SUM(clicks::INTEGER) AS clicks
FROM dsp_clicks
WHERE campaign ILIKE '%Spring%'
GROUP BY 1`,
    good: `SELECT CAST(click_date_utc AS CHAR) AS day_of_click, SUM(CAST(clicks AS INTEGER)) AS clicks
FROM dsp_clicks
WHERE LOWER(campaign) LIKE '%spring%'
GROUP BY 1`,
  },
  {
    rule: { code: 'placeholder', severity: 'error' },
    title: 'A {{placeholder}} is written as one',
    why: 'Two braces on each side, a letter, then letters, digits and underscores, without spaces. It stands for a value: never for a table, a column or a part of the query.',
    source: 'choice',
    bad: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign = {{ my_campaign }}
GROUP BY campaign`,
    good: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign = {{my_campaign}}
GROUP BY campaign`,
  },
  {
    rule: { code: 'ignore', severity: 'warning' },
    title: 'A comment that switches a rule off gives its reason',
    why: '`-- recomamp-ignore AMC026: reason` switches a rule off on its own line, or on the next one where it stands alone; `recomamp-ignore-file` for the whole text. Without a code or a reason it switches nothing off. What AMC would refuse stays an error.',
    source: 'choice',
    bad: `-- recomamp-ignore AMC026
SELECT campaign, SUM(clicks) / SUM(impressions) AS click_rate
FROM sponsored_ads_traffic
GROUP BY campaign`,
    good: `-- recomamp-ignore AMC026: every campaign here has impressions
SELECT campaign, SUM(clicks) / SUM(impressions) AS click_rate
FROM sponsored_ads_traffic
GROUP BY campaign`,
  },
]

/** Codes that no single query can show: they speak of a run, of its values and of local data. */
export const runCodes: readonly Pick<RuleEntry, 'rule' | 'title' | 'why'>[] = [
  {
    rule: { code: 'too-deep', severity: 'error' },
    title: 'A query is nested at most 500 levels deep',
    why: 'What lies deeper is passed over, and the text is read on behind its bracket. Split it into WITH parts.',
  },
  {
    rule: { code: 'window', severity: 'error' },
    title: 'The time window is sound',
    why: 'Its ends are times `YYYY-MM-DDTHH:MM:SS` without a zone, the start comes before the end, and the zone has a name such as UTC or America/New_York. A time with a zone gives an empty result at AMC without a word.',
  },
  {
    rule: { code: 'parameter-missing', severity: 'error' },
    title: 'Every parameter has a value',
    why: 'A run gives a value for each parameter, or its declaration has a default.',
  },
  {
    rule: { code: 'parameter-empty', severity: 'error' },
    title: 'An empty list is meant',
    why: 'An empty list stops the run, unless its parameter is declared "empty means all"; then the condition around it is left out.',
  },
  {
    rule: { code: 'parameter-type', severity: 'error' },
    title: 'A value fits its declaration',
    why: 'A number, a date, a text or a list, as declared. NULL cannot be a part of a text.',
  },
  {
    rule: { code: 'parameter-place', severity: 'error' },
    title: 'A parameter stands where its value can stand',
    why: 'A list stands behind IN or VALUES, a single value in an expression or inside a text. No value stands for a name.',
  },
  {
    rule: { code: 'parameter-count', severity: 'error' },
    title: 'A query has at most 100 parameters of AMC',
    why: 'Amazon’s API takes no more. Some of them can be `{{placeholders}}`, which put their values into the query.',
  },
  {
    rule: { code: 'parameter-columns', severity: 'error' },
    title: 'Rows of a parameter are as wide as their list of names',
    why: 'Behind `t (a, b) AS (VALUES {{rows}})` each row has two values.',
  },
  {
    rule: { code: 'parameter-declared-twice', severity: 'error' },
    title: 'A parameter is declared once',
    why: 'Two declarations of one name contradict each other; AMC answers `is defined multiple times`.',
  },
  {
    rule: { code: 'parameter-conversion', severity: 'error' },
    title: 'A placeholder can become a parameter of AMC',
    why: 'CUSTOM_PARAMETER is an expression: it can stand for a value, and not for a list behind IN, for rows, or for a part of a text.',
  },
  {
    rule: { code: 'pattern-without-wildcard', severity: 'warning' },
    title: 'A value for LIKE has a wildcard',
    why: "Without `%` or `_` LIKE looks for the whole text. Write the wildcard into the value, or into the query: `LIKE '%{{name}}%'`.",
  },
  {
    rule: { code: 'long-value', severity: 'warning' },
    title: 'A value of a parameter of AMC is short',
    why: 'Users report that AMC refuses values of more than about 1,000 characters; Amazon publishes no limit. A `{{placeholder}}` puts the value into the query instead.',
  },
  {
    rule: { code: 'long-query', severity: 'warning' },
    title: 'A query with its values is not too long',
    why: 'Amazon publishes no limit; other tools stop at 102,400 bytes.',
  },
  {
    rule: { code: 'not-lowered', severity: 'error' },
    title: 'The local engine can run the query',
    why: 'AMC may run it all the same; the message says what local data does not do.',
  },
]
