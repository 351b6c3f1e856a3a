/**
 * A query of 500 lines as analysts write them: one WITH part per question, each reading the one before it. It holds only what AMC,
 * PostgreSQL, Trino and their like all accept, so that several parsers can be measured on it.
 */
export function longQuery(lines = 500): string {
  const parts = ['WITH people AS (', ...people('dsp_impressions', 'impressions'), ')']
  for (let at = 1; parts.length < lines - 22; at += 1) parts.push(`, step_${at} AS (`, ...step(at), ')')
  const last = Math.floor((parts.length - 18) / 21)
  parts.push(
    '-- What comes out: one row per campaign',
    'SELECT',
    '  s.campaign AS campaign,',
    '  COUNT(DISTINCT s.user_id) AS users,',
    '  SUM(s.impressions) AS impressions,',
    '  SUM(s.score) / NULLIF(SUM(s.impressions), 0) AS score_per_impression',
    `FROM step_${last} s`,
    'WHERE s.campaign IS NOT NULL',
    'GROUP BY s.campaign',
    'HAVING COUNT(DISTINCT s.user_id) > 1',
  )
  return parts.join('\n')
}

function people(table: string, measure: string): string[] {
  return [
    '  /* Every person with what was shown to them */',
    '  SELECT',
    '    user_id,',
    '    campaign,',
    '    line_item,',
    '    device_type,',
    `    SUM(${measure}) AS impressions,`,
    '    0 AS score',
    `  FROM ${table}`,
    '  WHERE user_id IS NOT NULL',
    "    AND campaign <> ''",
    '  GROUP BY user_id, campaign, line_item, device_type',
  ]
}

function step(at: number): string[] {
  const before = at === 1 ? 'people' : `step_${at - 1}`
  return [
    `  -- step ${at}`,
    '  SELECT',
    '    p.user_id AS user_id,',
    '    p.campaign AS campaign,',
    '    p.line_item AS line_item,',
    '    p.device_type AS device_type,',
    '    SUM(p.impressions) AS impressions,',
    '    MAX(CASE',
    `      WHEN p.line_item LIKE '%stv_${at}%' THEN ${at}`,
    `      WHEN p.device_type IN ('TV', 'Phone', 'Tablet', 'PC') AND p.impressions > ${at} THEN p.score + 1`,
    `      WHEN p.campaign = 'campaign ${at}' OR p.campaign LIKE 'brand_${at}%' THEN p.score * 2`,
    '      ELSE p.score',
    '    END) AS score',
    `  FROM ${before} p`,
    `  LEFT JOIN people q${at} ON p.user_id = q${at}.user_id AND p.campaign = q${at}.campaign`,
    `  WHERE p.impressions BETWEEN 1 AND ${1000 + at}`,
    `    AND NOT p.device_type = 'Unknown'`,
    '  GROUP BY p.user_id, p.campaign, p.line_item, p.device_type',
    '  HAVING SUM(p.impressions) > 0',
  ]
}
