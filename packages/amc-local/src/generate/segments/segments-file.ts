import { noTrackers } from '../columns.ts'
import type { GeneratedFile } from '../generated-file.ts'
import { factTable } from '../sql-text.ts'
import type { ViewPlan, ViewPlans } from '../view-plan.ts'
import { segmentKinds, segmentMarkets, segments } from '../world/segments.ts'

/** A segment has the same id in every store, so that only id and store together name it. */
function segmentTable(): string {
  const rows = segmentMarkets.flatMap(({ market, region, marketplaceId }) =>
    segments.map((segment) => [
      market * 1_000_000 + segment.id,
      segment.id,
      marketplaceId,
      region,
      segment.kind,
      segment.name,
      segment.description,
      segmentKinds[segment.kind],
      segment.area,
      [segmentKinds[segment.kind], segment.area, segment.name].join('/'),
    ]),
  )
  return factTable(
    'store.segments',
    {
      segment_key: 'INTEGER',
      segment_id: 'INTEGER',
      segment_marketplace_id: 'BIGINT',
      region: 'VARCHAR',
      kind: 'VARCHAR',
      segment_name: 'VARCHAR',
      segment_description: 'VARCHAR',
      category_level_1: 'VARCHAR',
      category_level_2: 'VARCHAR',
      category_path: 'VARCHAR',
    },
    rows,
  )
}

/**
 * Whoever is in a segment today is in it in the impression tables too; some joined during the last year, and others have left
 * since. A membership is stored once with its dates, and a snapshot picks those that held on its day.
 */
const memberships = `CREATE TABLE store.memberships AS
  WITH today AS (
    SELECT person, market, user_id, user_id_type, behavior_segment_id AS segment_id,
      CASE WHEN u(person * 64 + segment_id % 64, 130) < 0.25
        THEN (end_dt - to_days((330 * u(person * 64 + segment_id % 64, 131))::INTEGER))::DATE ELSE DATE '2000-01-01' END AS since,
      NULL::DATE AS until
    FROM base.store.people JOIN base.store.segment_members USING (segment_group), bounds
  ),
  former AS (
    SELECT person, market, user_id, user_id_type, pick([${segments.map(({ id }) => id).join(', ')}], u(person, 132)) AS segment_id,
      DATE '2000-01-01' AS since, (end_dt - to_days((330 * u(person, 133))::INTEGER + 1))::DATE AS until
    FROM base.store.people, bounds WHERE u(person, 134) < 0.3
  ),
  held AS (
    SELECT * FROM today
    UNION ALL
    SELECT f.* FROM former f ANTI JOIN today t ON t.person = f.person AND t.segment_id = f.segment_id
  )
  SELECT segment_key, user_id, user_id_type, region, kind, since, until
  FROM held JOIN store.segments ON segment_key = market * 1000000 + held.segment_id
  ORDER BY region, kind, person, segment_key`

/** The first Thursday of each of the last thirteen months. */
const snapshots = `CREATE TABLE store.snapshots AS
  SELECT day::DATE AS snapshot_datetime
  FROM (SELECT unnest(generate_series(end_dt - INTERVAL 396 DAY, end_dt - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day FROM bounds)
  WHERE dayofweek(day) = 4 AND dayofmonth(day) <= 7`

const joins = { segments: 'segment_key' }
const expressions = { no_3p_trackers: noTrackers }

function today(region: string, kind: string): ViewPlan {
  const events = `(SELECT * EXCLUDE (region, kind) FROM store.memberships WHERE region = '${region}' AND kind = '${kind}' AND until IS NULL)`
  return { from: 'memberships', events, joins, expressions }
}

function onSnapshots(region: string, kind: string): ViewPlan {
  const events = `(SELECT m.* EXCLUDE (region, kind), snapshot_datetime FROM store.memberships m
    JOIN store.snapshots ON snapshot_datetime >= since AND (until IS NULL OR snapshot_datetime < until)
    WHERE region = '${region}' AND kind = '${kind}')`
  return { from: 'memberships', events, joins, expressions: { ...expressions, snapshot_datetime: 'snapshot_datetime' } }
}

const audienceViews: ViewPlans = Object.fromEntries(
  ['amer', 'eu', 'apac'].flatMap((region) =>
    ['inmarket', 'lifestyle'].flatMap((kind) => [
      [`audience_segments_${region}_${kind}`, [today(region, kind)]],
      [`audience_segments_${region}_${kind}_snapshot`, [onSnapshots(region, kind)]],
    ]),
  ),
)

/** Audience segments: who is in them today, who was on the days of the snapshots, and what they are. */
export const segmentsFile: GeneratedFile = {
  statements: () => ['CREATE SCHEMA store', segmentTable(), memberships, snapshots],
  views: {
    ...audienceViews,
    segment_metadata: [{ from: 'segments', expressions: { no_3p_trackers: 'segment_id % 20 = 0' } }],
  },
}
