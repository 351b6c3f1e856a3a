/** An analysis in AMC SQL and by hand in DuckDB SQL over the same tables, window included. */
export interface EngineQuery {
  name: string
  amc: string
  hand: string
  /** By hand: of the rows of `hand` those that Amazon's thresholds let through. */
  kept: string
}

/** Both in UTC, the end exclusive: all 13 months of the data. */
export const engineWindow = { start: '2025-05-01T00:00:00', end: '2026-06-01T00:00:00' }

function read(table: string, time: string): string {
  const [start, end] = [engineWindow.start, engineWindow.end].map((at) => `TIMESTAMP '${at.replace('T', ' ')}'`)
  return `(SELECT * FROM synthetic.main.${table} WHERE ${time} >= ${start} AND ${time} < ${end})`
}

const impressions = read('dsp_impressions', 'impression_dt_utc')
const clicks = read('dsp_clicks', 'click_dt_utc')
const attributed = read('amazon_attributed_events_by_conversion_time', 'conversion_event_dt_utc')

/** The least number of different users, of those counts that are not 0, is enough. */
function enough(needed: number, ...users: string[]): string {
  return `least(${users.map((user) => `nullif(count(DISTINCT ${user}), 0)`).join(', ')}) >= ${needed}`
}

function contributors(user: string, measure: string): string {
  return `CASE WHEN ${measure} <> 0 THEN ${user} END`
}

const totals = 'SUM(impressions) AS impressions, SUM(total_cost) / 100000000 AS cost'
const byCampaign = `SELECT campaign, ${totals} FROM ${impressions} GROUP BY 1`
const byPlace = `SELECT campaign, postal_code, ${totals} FROM ${impressions} GROUP BY 1, 2`
const firstSeen = `SELECT campaign, MIN(impression_dt_utc) AS first_seen, ${totals} FROM ${impressions} GROUP BY 1`

const frequency = (from: string) =>
  `WITH u AS (SELECT user_id, campaign, SUM(impressions) AS n FROM ${from} WHERE user_id IS NOT NULL GROUP BY 1, 2) ` +
  `SELECT campaign, CASE WHEN n > 9 THEN 10 ELSE n END AS frequency, COUNT(DISTINCT user_id) AS users, SUM(n) AS impressions FROM u GROUP BY 1, 2`

const buyers = (from: string, purchases: string) =>
  `WITH i AS (SELECT user_id, campaign, SUM(impressions) AS n FROM ${from} WHERE user_id IS NOT NULL GROUP BY 1, 2), ` +
  `p AS (SELECT user_id, SUM(total_purchases) AS purchases FROM ${purchases} WHERE user_id IS NOT NULL GROUP BY 1) ` +
  `SELECT campaign, COUNT(DISTINCT i.user_id) AS users, COUNT(DISTINCT p.user_id) AS buyers, SUM(n) AS impressions, SUM(purchases) AS purchases ` +
  `FROM i LEFT JOIN p ON i.user_id = p.user_id GROUP BY 1`

const funnel = (seen: string, clicked: string, bought: string) =>
  `WITH e AS (SELECT campaign, user_id, impressions, 0 AS clicks, 0 AS purchases FROM ${seen} ` +
  `UNION ALL SELECT campaign, user_id, 0 AS impressions, clicks, 0 AS purchases FROM ${clicked} ` +
  `UNION ALL SELECT campaign, user_id, 0 AS impressions, 0 AS clicks, total_purchases AS purchases FROM ${bought}) ` +
  `SELECT campaign, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(purchases) AS purchases FROM e GROUP BY 1`
const fromSource = (source: string): string => `CASE WHEN source = ${source} THEN user_id END`

const credit =
  'SELECT campaign, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales, SUM(new_to_brand_total_purchases) AS new_buyers'

export const engineQueries: readonly EngineQuery[] = [
  {
    name: 'one table by campaign, 2 users needed',
    amc: `SELECT campaign, ${totals} FROM dsp_impressions GROUP BY campaign`,
    hand: byCampaign,
    kept: `${byCampaign} HAVING ${enough(2, 'user_id', contributors('user_id', 'total_cost'))}`,
  },
  {
    name: 'one table by campaign and postal code, 100 users needed',
    amc: `SELECT campaign, postal_code, ${totals} FROM dsp_impressions GROUP BY campaign, postal_code`,
    hand: byPlace,
    kept: `${byPlace} HAVING ${enough(100, 'user_id', contributors('user_id', 'total_cost'))}`,
  },
  {
    name: 'first impression of a campaign, 100 users needed',
    amc: `SELECT campaign, MIN(impression_dt_utc) AS first_seen, ${totals} FROM dsp_impressions GROUP BY campaign`,
    hand: firstSeen,
    kept: `${firstSeen} HAVING ${enough(100, 'user_id', contributors('user_id', 'total_cost'))}`,
  },
  {
    name: 'per user, then how often, 2 users needed',
    amc: frequency('dsp_impressions'),
    hand: frequency(impressions),
    kept: `${frequency(impressions)} HAVING ${enough(2, 'user_id', contributors('user_id', 'n'))}`,
  },
  {
    name: 'two user-level parts joined, 2 users needed',
    amc: buyers('dsp_impressions', 'amazon_attributed_events_by_conversion_time'),
    hand: buyers(impressions, attributed),
    kept: `${buyers(impressions, attributed)} HAVING ${enough(2, 'i.user_id', 'p.user_id', contributors('p.user_id', 'purchases'))}`,
  },
  {
    name: 'UNION ALL of three tables, 2 users needed',
    amc: funnel('dsp_impressions', 'dsp_clicks', 'amazon_attributed_events_by_conversion_time'),
    hand: funnel(impressions, clicks, attributed),
    kept: `${funnel(impressions, clicks, attributed)
      .replace('0 AS purchases FROM', '0 AS purchases, 1 AS source FROM')
      .replace('clicks, 0 AS purchases FROM', 'clicks, 0 AS purchases, 2 AS source FROM')
      .replace('total_purchases AS purchases FROM', 'total_purchases AS purchases, 3 AS source FROM')} HAVING ${enough(
      2,
      fromSource('1'),
      fromSource('2'),
      fromSource('3'),
      contributors(fromSource('3'), 'purchases'),
    )}`,
  },
  {
    name: 'attributed events by campaign, 2 users needed',
    amc: `${credit} FROM amazon_attributed_events_by_conversion_time GROUP BY campaign`,
    hand: `${credit} FROM ${attributed} GROUP BY 1`,
    kept: `${credit} FROM ${attributed} GROUP BY 1 HAVING ${enough(
      2,
      'user_id',
      contributors('user_id', 'total_purchases'),
      contributors('user_id', 'total_product_sales'),
      contributors('user_id', 'new_to_brand_total_purchases'),
    )}`,
  },
]
