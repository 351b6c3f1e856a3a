/** Texts that grow without end, each by a part that a search might look through again and again. */
export const families: Readonly<Record<string, (count: number) => string>> = {
  'clauses that come again': (count) =>
    `SELECT a FROM dsp_clicks ${'WHERE a = 1 '.repeat(count)} QUALIFY b ${'WINDOW w AS (ORDER BY a) '.repeat(count)}`,
  'words that stumble': (count) => `SELECT campaign, ${'drop dsp_clicks b(c) '.repeat(count)} FROM dsp_clicks`,
  'aggregates as keys': (count) => `SELECT campaign FROM dsp_clicks GROUP BY ${list(count, () => 'SUM(clicks)')}`,
  'columns that nobody has': (count) => `SELECT ${list(count, (at) => `column_${at}`)} FROM dsp_clicks`,
  'functions that nobody has': (count) => `SELECT ${list(count, (at) => `f_${at}(clicks)`)} FROM dsp_clicks`,
  'tables that nobody has': (count) => `SELECT a FROM ${list(count, (at) => `table_${at}`)}`,
  'members of FROM and their columns': (count) =>
    `SELECT ${list(count, (at) => `t${at}.clicks, campaign`)} FROM ${list(count, (at) => `dsp_clicks t${at}`)}`,
  'branches of different width': (count) =>
    list(count, (at) => `SELECT ${list((at % 3) + 1, () => 'campaign')} FROM dsp_clicks`, ' UNION ALL '),
  'branches in another order': (count) =>
    `SELECT ${list(count, (at) => `${at % 2 === 0 ? "'x'" : '1'} AS c${at}`)} UNION ALL SELECT ${list(count, (at) => `${at % 2 === 0 ? "'x'" : '1'} AS c${count - at}`)}`,
  'windows with names': (count) =>
    `SELECT ${list(count, (at) => `RANK() OVER w${at} AS r${at}`)} FROM dsp_clicks WINDOW ${list(count, (at) => `w${at} AS (ORDER BY clicks)`)}`,
  'keys of ORDER BY': (count) =>
    `SELECT ${list(count, (at) => `clicks + ${at} AS c${at}`)} FROM dsp_clicks ORDER BY ${list(count, (at) => `clicks + ${count - at}`)}`,
  parameters: (count) => `SELECT a FROM dsp_clicks WHERE ${list(count, (at) => `campaign = {{p${at}}}`, ' OR ')}`,
  'brackets that nobody closes': (count) => `SELECT ${'a + (SELECT b FROM c WHERE d IN ('.repeat(count)}`,
  'quotes that nobody closes': (count) => `SELECT ${'\'a, "b, {{c\n'.repeat(count)}`,
  'comments that switch off': (count) =>
    `SELECT campaign\n${'-- recomamp-ignore AMC026: why\n'.repeat(count)} FROM dsp_clicks`,
}

function list(count: number, member: (at: number) => string, between = ', '): string {
  return Array.from({ length: count }, (_, at) => member(at)).join(between)
}
