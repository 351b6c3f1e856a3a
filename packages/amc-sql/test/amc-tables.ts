import type { Column, Schema, Table } from '../src/index.ts'

type Short = readonly [name: string, type: Column['type'], threshold: Column['threshold'], more?: Partial<Column>]

function table(name: string, title: string, timeColumn: string | null, columns: readonly Short[]): Table {
  return {
    name,
    title,
    category: 'Events',
    description: `One row for every event of ${name}.`,
    kind: timeColumn === null ? 'dimension' : 'fact',
    timeColumn,
    audience: name.endsWith('_for_audiences'),
    legacyColumns: [],
    columns: columns.map(([column, type, threshold, more]) => ({
      name: column,
      type,
      role: threshold === 'NONE' ? 'metric' : 'dimension',
      threshold,
      description: `Says ${column}.`,
      ...more,
    })),
  }
}

const campaign: readonly Short[] = [
  ['advertiser_timezone', 'STRING', 'LOW'],
  ['campaign', 'STRING', 'LOW'],
  ['campaign_id', 'LONG', 'LOW'],
  ['campaign_id_string', 'STRING', 'LOW'],
  ['user_id', 'STRING', 'VERY_HIGH'],
]

const impressions: readonly Short[] = [
  ...campaign,
  ['device_type', 'STRING', 'LOW', { values: ['Tablet', 'Phone', 'TV'] }],
  ['creative_category', 'STRING', 'LOW', { values: ['Display', 'Video', "Kid's"] }],
  ['is_viewable', 'BOOLEAN', 'LOW'],
  ['postal_code', 'STRING', 'HIGH', { values: ['US-12345'] }],
  ['request_tag', 'STRING', 'VERY_HIGH'],
  ['impression_dt', 'TIMESTAMP', 'MEDIUM'],
  ['impression_dt_utc', 'TIMESTAMP', 'MEDIUM'],
  ['impression_date', 'DATE', 'LOW'],
  ['user_behavior_segment_ids', 'ARRAY', 'LOW', { typeDetail: 'ARRAY<LONG>' }],
  ['impressions', 'LONG', 'NONE'],
  ['total_cost', 'DOUBLE', 'NONE', { unit: 'millicents' }],
  ['supply_cost', 'LONG', 'NONE', { unit: 'microcents' }],
]

const attributed: readonly Short[] = [
  ...campaign,
  ['ad_product_type', 'STRING', 'LOW', { values: ['sponsored_products', 'sponsored_brands'] }],
  ['request_tag', 'STRING', 'VERY_HIGH'],
  ['traffic_event_id', 'STRING', 'VERY_HIGH'],
  ['traffic_event_dt_utc', 'TIMESTAMP', 'MEDIUM'],
  ['conversion_event_dt_utc', 'TIMESTAMP', 'MEDIUM'],
  ['total_purchases', 'LONG', 'NONE'],
  ['new_to_brand_total_purchases', 'LONG', 'NONE'],
]

/** Some tables of AMC with some of their columns, described as the catalogue describes them. */
export const amcTables: Schema = {
  tables: [
    table('dsp_impressions', 'Amazon DSP impressions', 'impression_dt_utc', impressions),
    table('dsp_impressions_for_audiences', 'Amazon DSP impressions (audiences)', 'impression_dt_utc', impressions),
    table('dsp_clicks', 'Amazon DSP clicks', 'click_dt_utc', [
      ...campaign,
      ['request_tag', 'STRING', 'VERY_HIGH'],
      ['click_dt_utc', 'TIMESTAMP', 'MEDIUM'],
      ['clicks', 'LONG', 'NONE'],
    ]),
    table('dsp_views', 'Amazon DSP viewability events', 'event_dt_utc', [
      ...campaign,
      ['impression_id', 'STRING', 'VERY_HIGH'],
      ['event_dt_utc', 'TIMESTAMP', 'MEDIUM'],
      ['event_type', 'STRING', 'LOW', { values: ['VIEW', 'MEASURABLE_IMP'] }],
    ]),
    table('sponsored_ads_traffic', 'Sponsored ads traffic', 'event_dt_utc', [
      ...campaign,
      ['ad_product_type', 'STRING', 'LOW', { values: ['sponsored_products', 'sponsored_brands'] }],
      ['event_id', 'STRING', 'VERY_HIGH'],
      ['event_dt_utc', 'TIMESTAMP', 'MEDIUM'],
      ['impressions', 'LONG', 'NONE'],
      ['clicks', 'LONG', 'NONE'],
      ['spend', 'LONG', 'NONE', { unit: 'microcents' }],
    ]),
    table('amazon_attributed_events_by_traffic_time', 'Attributed events', 'traffic_event_dt_utc', attributed),
    table('amazon_attributed_events_by_conversion_time', 'Attributed events', 'conversion_event_dt_utc', attributed),
    table('segment_metadata', 'Segments', null, [
      ['segment_id', 'LONG', 'LOW'],
      ['segment_marketplace_id', 'LONG', 'LOW'],
      ['segment_name', 'STRING', 'LOW'],
    ]),
    table('audience_segments', 'Users in segments', null, [
      ['user_id', 'STRING', 'VERY_HIGH'],
      ['segment_id', 'LONG', 'LOW'],
      ['segment_marketplace_id', 'LONG', 'LOW'],
    ]),
  ],
}
