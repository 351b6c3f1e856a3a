/** The ten columns of one time, all from the two stored ones; `only` limits them to rows for which a condition holds. */
export function timeColumns(name: string, only = '', source = name): Record<string, string> {
  return { ...timeParts(name, '', only, source), ...utcColumns(name, only, source) }
}

/** The five columns of one time in UTC, for tables without the advertiser's zone. */
export function utcColumns(name: string, only = '', source = name): Record<string, string> {
  return timeParts(name, '_utc', only, source)
}

function timeParts(name: string, suffix: string, only: string, source: string): Record<string, string> {
  const stored = `${source}_dt${suffix}`
  const time = only === '' ? stored : `CASE WHEN ${only} THEN ${stored} END`
  return {
    [`${name}_dt${suffix}`]: time,
    [`${name}_date${suffix}`]: `CAST(${time} AS DATE)`,
    [`${name}_dt_hour${suffix}`]: `date_trunc('hour', ${time})`,
    [`${name}_day${suffix}`]: `dayofmonth(${time})`,
    [`${name}_hour${suffix}`]: `hour(${time})`,
  }
}

/** The tag that an impression shares with its click, its view events and its attributed conversion. */
export const requestTag = `'req' || lpad(hex(hash(event_no)), 16, '0')`

/** The key that a sponsored event shares with the attributed conversion. */
export const eventId = `'evt' || lpad(hex(hash(event_no + 1000000000000)), 16, '0')`

export const conversionId = `'cnv' || lpad(hex(hash(conversion_no + 2000000000000)), 16, '0')`

export const ipAddress = `CASE WHEN user_id IS NOT NULL THEN 'ip' || hex(hash(user_id + 1)) END`

/** One person in fifty may not be reached with creatives that carry third-party tracking. */
export const noTrackers = `coalesce(hash(user_id + 2) % 50 = 0, false)`
