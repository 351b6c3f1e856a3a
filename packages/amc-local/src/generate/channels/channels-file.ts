import { noTrackers } from '../columns.ts'
import type { GeneratedFile } from '../generated-file.ts'
import { factTable } from '../sql-text.ts'
import { titles } from './titles.ts'

/** The two benefits that the video channel sells, by the product that is subscribed to. */
const benefits = factTable(
  'store.benefits',
  { benefit: 'INTEGER', asin: 'VARCHAR', pv_benefit_name: 'VARCHAR', full_price: 'DECIMAL(38,4)' },
  [
    [1, 'B0LUME0101', 'Lumen Reel', 8.99],
    [2, 'B0LUME0201', 'Lumen Reel Kids', 4.99],
  ],
)

/**
 * Who subscribed when: every order of a subscription that follows an ad, some people who came by themselves during thirteen
 * months, and how long each stays. One subscription begins with a free week more often than not, and some pay a reduced price.
 */
const subscriptions = `CREATE TEMP TABLE subscriptions AS
  WITH begun AS (
    SELECT conversion_no AS subscription_no, event_dt_utc::DATE AS begin_date, user_id, user_id_type, tracked_asin AS asin,
      signup = 'free trial' AS has_trial, 1 AS marketplace_id, marketplace_name
    FROM base.store.conversion_events WHERE signup IS NOT NULL
    UNION ALL
    SELECT 1000000000 + person, (end_dt - to_days(1 + (390 * u(person, 160))::INTEGER))::DATE, user_id, user_id_type,
      CASE WHEN u(person, 161) < 0.75 THEN 'B0LUME0101' ELSE 'B0LUME0201' END, u(person, 162) < 0.6,
      CASE market WHEN 2 THEN 3 ELSE 1 END, CASE market WHEN 2 THEN 'AMAZON.CO.UK' ELSE 'AMAZON.COM' END
    FROM base.store.people, bounds WHERE market IN (1, 2) AND u(person, 163) < 0.08
  )
  SELECT *, u(subscription_no, 164) < 0.2 AS is_promo,
    CASE WHEN has_trial AND u(subscription_no, 165) < 0.4 THEN 0 ELSE 1 + floor(13 * pow(u(subscription_no, 166), 2)) END::INTEGER AS months
  FROM begun JOIN store.benefits USING (asin)`

/** A record covers the free week or one month; the latest one may still run past the end of the data. */
const enrollments = `CREATE TABLE store.enrollments AS
  WITH records AS (
    SELECT *, 0 AS period, begin_date AS pv_start_date, begin_date + 7 AS pv_end_date FROM subscriptions WHERE has_trial
    UNION ALL
    SELECT s.*, month, begin_date + CASE WHEN has_trial THEN 7 ELSE 0 END + 30 * (month - 1) AS pv_start_date, pv_start_date + 30
    FROM subscriptions s, (SELECT unnest(range(1, 15))::INTEGER AS month) WHERE month <= months
  )
  SELECT r.* EXCLUDE (begin_date, asin, is_promo), asin,
    row_number() OVER (PARTITION BY subscription_no ORDER BY period DESC) = 1 AS pv_is_latest_record,
    row_number() OVER (PARTITION BY subscription_no ORDER BY period) = 1 AS pv_is_plan_start,
    has_trial AND period = 1 AS pv_is_plan_conversion,
    is_promo AND period IN (1, 2) AS pv_is_promo
  FROM records r, bounds
  WHERE pv_start_date < end_dt
  ORDER BY pv_start_date, subscription_no, period`

function titleTable(): string {
  return factTable(
    'store.titles',
    {
      title: 'INTEGER',
      pv_gti_title_name: 'VARCHAR',
      pv_gti_series_or_movie_name: 'VARCHAR',
      pv_gti_season: 'VARCHAR',
      pv_gti_episode: 'VARCHAR',
      pv_gti_content_type: 'VARCHAR',
      pv_material_type: 'VARCHAR',
      pv_stream_type: 'VARCHAR',
      pv_gti_genre: 'VARCHAR[]',
      pv_gti_cast: 'VARCHAR[]',
      pv_gti_director: 'VARCHAR[]',
      pv_gti_content_rating: 'VARCHAR',
      pv_gti_studio: 'VARCHAR',
      pv_gti_release_date: 'DATE',
      pv_access_type: 'VARCHAR',
      pv_gti_event_name: 'VARCHAR',
      pv_gti_event_league: 'VARCHAR',
      pv_gti_event_sport: 'VARCHAR',
      seconds: 'INTEGER',
    },
    titles.map((title, at) => [
      at,
      title.name,
      title.series,
      title.season,
      title.episode,
      title.kind,
      title.material,
      title.stream,
      title.genres,
      title.cast,
      title.directors,
      title.rating,
      title.studio,
      title.released,
      title.access,
      title.event?.name ?? null,
      title.event?.league ?? null,
      title.event?.sport ?? null,
      title.minutes * 60,
    ]),
  )
}

const free = titles.flatMap(({ access }, at) => (access === 'Subscription' ? [] : [at]))

/** Subscribers watch while their subscription runs; others see what is free, rented or bought. Few watch a title to its end. */
const sessions = `CREATE TABLE store.sessions AS
  WITH viewers AS (
    SELECT subscription_no * 16 + period AS viewer_no, pv_start_date, pv_end_date, user_id, user_id_type, marketplace_id, marketplace_name, true AS subscribed
    FROM store.enrollments
    UNION ALL
    SELECT 4000000000 + person, start_dt::DATE, end_dt::DATE, user_id, user_id_type,
      CASE market WHEN 2 THEN 3 ELSE 1 END, CASE market WHEN 2 THEN 'AMAZON.CO.UK' ELSE 'AMAZON.COM' END, false
    FROM base.store.people, bounds WHERE market IN (1, 2) AND u(person, 170) < 0.1
  )
  SELECT viewer_no * 4 + n AS session_no,
    CASE WHEN subscribed THEN floor(${titles.length} * u(session_no, 171))::INTEGER ELSE pick([${free.join(', ')}], u(session_no, 171)) END AS title,
    pv_start_date + to_seconds((86400 * (pv_end_date - pv_start_date) * u(session_no, 172))::BIGINT) AS pv_playback_dt_utc,
    u(session_no, 173) AS watched, user_id, user_id_type, marketplace_id, marketplace_name, subscribed
  FROM viewers, (SELECT unnest(range(4)) AS n), bounds
  WHERE n < 1 + 3 * u(viewer_no, 174) AND pv_playback_dt_utc < end_dt
  ORDER BY pv_playback_dt_utc, session_no`

/** Enrolments and viewing of a Prime Video Channel. Amazon documents no values for billing type and status; ours are invented. */
export const channelsFile: GeneratedFile = {
  statements: () => ['CREATE SCHEMA store', benefits, subscriptions, enrollments, titleTable(), sessions],
  views: {
    amazon_pvc_enrollments: [
      {
        from: 'enrollments',
        expressions: {
          no_3p_trackers: noTrackers,
          pv_benefit_id: `'benefit-syn-' || benefit`,
          pv_billing_type: `CASE WHEN period = 0 THEN 'FREE_TRIAL' WHEN pv_is_promo THEN 'PROMOTION' ELSE 'PAID' END`,
          pv_enrollment_status: `CASE WHEN pv_is_latest_record AND period >= months THEN 'CANCELLED' WHEN pv_is_latest_record THEN 'ACTIVE'
            ELSE 'RENEWED' END`,
          pv_offer_name: `pv_benefit_name || CASE WHEN period = 0 THEN ' - 7 day free trial' WHEN pv_is_promo THEN ' - 2 months at half price' ELSE ' - monthly' END`,
          pv_sub_event_primary_key: `'pve' || hex(hash(subscription_no * 16 + period))`,
          pv_subscription_id: `'pvs' || hex(hash(subscription_no))`,
          pv_subscription_name: `pv_benefit_name || ' monthly'`,
          pv_subscription_product_id: 'asin',
          pv_unit_price:
            'CASE WHEN period = 0 THEN 0 WHEN pv_is_promo THEN round(full_price / 2, 2) ELSE full_price END',
        },
      },
    ],
    amazon_pvc_streaming_events_feed: [
      {
        from: 'sessions',
        joins: { titles: 'title' },
        expressions: {
          no_3p_trackers: noTrackers,
          pv_gti_content_entity_type: `CASE pv_gti_content_type WHEN 'Promotion' THEN 'Short Film' ELSE 'Full Length' END`,
          pv_gti_event_context: `CASE WHEN pv_gti_event_name IS NOT NULL THEN 'Regular Season' END`,
          pv_gti_event_item: 'pv_gti_event_name',
          pv_gti_is_live: `pv_material_type = 'live'`,
          pv_is_avod: `pv_access_type = 'Free'`,
          pv_is_svod: `pv_access_type IN ('Subscription', 'Prime')`,
          pv_is_channels: 'subscribed',
          pv_is_hh_share: 'hash(session_no + 1) % 12 = 0',
          pv_is_user_initiated: 'hash(session_no + 2) % 7 > 0',
          pv_offer_group: `CASE WHEN subscribed THEN 'Channels' ELSE pv_access_type END`,
          pv_playback_date_utc: 'CAST(pv_playback_dt_utc AS DATE)',
          pv_seconds_viewed: 'round(seconds * least(1, 1.25 * watched))',
          pv_session_id: `'pss' || hex(hash(session_no))`,
          pv_streaming_asin: `'B0TITL' || lpad((1000 + title)::VARCHAR, 4, '0')`,
          pv_streaming_geo_country: `CASE marketplace_id WHEN 3 THEN 'GB' ELSE 'US' END`,
          pv_streaming_gti: `'amzn1.dv.gti.' || lower(hex(hash(title + 1)))`,
          pv_streaming_language: `CASE WHEN hash(session_no + 3) % 15 = 0 THEN 'es-US' WHEN marketplace_id = 3 THEN 'en-GB' ELSE 'en-US' END`,
        },
      },
    ],
  },
}
