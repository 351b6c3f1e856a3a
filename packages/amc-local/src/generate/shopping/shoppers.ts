import type { GenerationPlan } from '../plan.ts'
import { repeatByShare } from '../sql-text.ts'
import { hourShares } from '../world/hours.ts'

/**
 * Who shops without an ad: the people whom ads reach, at times when none has reached them, and as many again as a third of them
 * whom no ad ever reaches. A visit is by one person to one seller.
 */
export function shopperStatements(plan: GenerationPlan): string[] {
  return [shoppers(plan), dayList, adEvents, visits]
}

function shoppers(plan: GenerationPlan): string {
  const { people } = plan
  return `CREATE TEMP TABLE shoppers AS
    SELECT person, market, user_id, user_id_type, customer_share FROM base.store.people
    UNION ALL
    SELECT person, 1, (number(person, 7) >> 1)::BIGINT, 'adUserId', 0.25
    FROM (SELECT unnest(range(${people}, ${people + Math.round(people / 3)})) AS person)`
}

/** Each day as often as it is busy, so that a uniform number picks a day by its share. */
const dayList = `CREATE TEMP TABLE day_list AS
  SELECT list(day ORDER BY day) AS day_list FROM (SELECT day, unnest(range(busy // 100)) FROM base.store.days)`

const adEvents = `CREATE TEMP TABLE ad_events AS
  SELECT user_id, advertiser_key, impression_dt_utc AS dt FROM base.store.dsp JOIN base.store.creatives USING (creative_key)
  WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, advertiser_key, event_dt_utc FROM base.store.sponsored JOIN base.store.targets USING (target_key)
  WHERE user_id IS NOT NULL`

/** Relevant contact lasts 28 days (attribution guide); whoever had one is no visitor without an ad. */
const visits = `CREATE TEMP TABLE visits AS
  WITH drawn AS (
    SELECT person * 64 + advertiser_key * 4 + k AS visit_no, *
    FROM shoppers JOIN sellers USING (market), (SELECT unnest(range(3)) AS k)
    WHERE u(person * 64 + advertiser_key * 4 + k, 100) < 0.05
  ),
  timed AS (
    SELECT * EXCLUDE (products, day_list, k), pick(products, u(visit_no, 101)) AS product,
      pick(day_list, u(visit_no, 102))::TIMESTAMP
        + to_seconds((((pick([${repeatByShare(hourShares.shopping).join(', ')}], u(visit_no, 103)) + 5) % 24) * 3600
        + floor(u(visit_no, 104) * 3600))::BIGINT) AS visit_dt
    FROM drawn, day_list
  )
  SELECT v.* FROM timed v
  ASOF LEFT JOIN ad_events a ON a.user_id = v.user_id AND a.advertiser_key = v.advertiser_key AND a.dt <= v.visit_dt + INTERVAL 2 DAY
  WHERE a.dt IS NULL OR a.dt < v.visit_dt - INTERVAL 28 DAY`
