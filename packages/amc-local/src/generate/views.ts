import { loadSchema, type Column, type Schema, type Table } from '@recomamp/amc-catalogue'

/** How a table's columns are made of stored ones: an expression for each column that is not stored under its own name. */
interface ViewPlan {
  /** Stored tables: the events, then the small tables that the events point to. */
  from: readonly StoredTable[]
  /** Instead of the first stored table itself. */
  events?: string
  expressions: Readonly<Record<string, string>>
}

type StoredTable = keyof typeof joinedBy

/** The key by which the events point to a small table; null for the events themselves. */
const joinedBy = {
  dsp: null,
  dsp_clicks: null,
  sponsored: null,
  dsp_pairs: null,
  sponsored_pairs: null,
  conversion_events: null,
  relevance: null,
  creatives: 'creative_key',
  placements: 'placement',
  places: 'place',
  targets: 'target_key',
  campaigns: 'campaign_key',
} as const

/**
 * The tables that queries see: views over the stored ones, in the catalogue's columns and types. Whatever follows from another
 * column (parts of a time, text keys, metrics of a credited conversion) is computed when it is read.
 */
export function viewStatements(stored: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const tables = new Map(loadSchema().tables.map((table) => [table.name, table]))
  return Object.entries(viewPlans).flatMap(([name, parts]) => {
    const table = required(tables, name)
    const twin = required(tables, `${name}_for_audiences`)
    for (const column of table.columns)
      if (!parts.some((plan) => source(column.name, plan, stored) !== null))
        throw new Error(`${name}.${column.name} stands in the catalogue, but nothing generates it`)
    const body = parts.map((plan) => select(table, plan, stored)).join(' UNION ALL ')
    const twinColumns = twin.columns.map((column) => `"${column.name}"`).join(', ')
    return [
      `CREATE VIEW main.${name} AS ${body}`,
      `CREATE VIEW main.${twin.name} AS SELECT ${twinColumns} FROM main.${name}`,
    ]
  })
}

/** The tables of the catalogue that the synthetic data holds; a query on another one finds no such table. */
export function localSchema(): Schema {
  const held = new Set(Object.keys(viewPlans).flatMap((name) => [name, `${name}_for_audiences`]))
  return { tables: loadSchema().tables.filter((table) => held.has(table.name)) }
}

function required<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name)
  if (found === undefined) throw new Error(`The catalogue or the generator lacks ${name}`)
  return found
}

function select(table: Table, plan: ViewPlan, stored: ReadonlyMap<string, ReadonlySet<string>>): string {
  const items = table.columns.map(
    (column) => `CAST(${source(column.name, plan, stored) ?? 'NULL'} AS ${duckType(column)}) AS "${column.name}"`,
  )
  const [events, ...joined] = plan.from
  const joins = joined.map((name) => ` JOIN store.${name} USING (${joinedBy[name]})`)
  return `SELECT ${items.join(', ')} FROM ${plan.events ?? `store.${events}`}${joins.join('')}`
}

/** What a column is made of in one part of a view; null where the part has nothing for it. */
function source(column: string, plan: ViewPlan, stored: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const isStored = plan.from.some((name) => required(stored, name).has(column))
  return plan.expressions[column] ?? (isStored ? column : null)
}

/** DuckDB's type for a column; user_id is a number because distinct counts of numbers are much cheaper than of texts. */
export function duckType(column: Column): string {
  if (column.name === 'user_id') return 'BIGINT'
  switch (column.type) {
    case 'STRING':
      return 'VARCHAR'
    case 'LONG':
      return 'BIGINT'
    case 'DECIMAL':
      return column.typeDetail ?? 'DECIMAL(38,4)'
    case 'ARRAY':
      return column.typeDetail === 'ARRAY<LONG>' ? 'BIGINT[]' : 'INTEGER[]'
    default:
      return column.type
  }
}

/** The ten columns of one time, all from the two stored ones; `only` limits them to rows for which a condition holds. */
function timeColumns(name: string, only: string, source = name): Record<string, string> {
  const columns: Record<string, string> = {}
  for (const suffix of ['', '_utc']) {
    const time = only === '' ? `${source}_dt${suffix}` : `CASE WHEN ${only} THEN ${source}_dt${suffix} END`
    columns[`${name}_dt${suffix}`] = time
    columns[`${name}_date${suffix}`] = `CAST(${time} AS DATE)`
    columns[`${name}_dt_hour${suffix}`] = `date_trunc('hour', ${time})`
    columns[`${name}_day${suffix}`] = `dayofmonth(${time})`
    columns[`${name}_hour${suffix}`] = `hour(${time})`
  }
  return columns
}

const requestTag = `'req' || lpad(hex(hash(event_no)), 16, '0')`
const currency = { currency_iso_code: `'USD'`, currency_name: `'Dollar (USA)'` }
const eventId = `'evt' || lpad(hex(hash(event_no + 1000000000000)), 16, '0')`
const ipAddress = `CASE WHEN user_id IS NOT NULL THEN 'ip' || hex(hash(user_id + 1)) END`

/** Eight groups of people by interest; the first segment of a group is the one that campaigns target. */
const segments = '[[101, 204], [102], [101, 103, 305], [104, 204], [105, 106], [106], [102, 305, 307], [108]]'

const dspColumns: Readonly<Record<string, string>> = {
  ...currency,
  // Amazon documents no values for these.
  campaign_source: 'NULL',
  demand_channel: 'NULL',
  demand_channel_owner: 'NULL',
  product_line: 'NULL',
  merchant_id: 'NULL',
  advertiser_account_frequency_group_ids: 'NULL',
  manager_account_frequency_group_ids: 'NULL',
  ad_slot_size: 'creative_size',
  campaign_country: `'US'`,
  iso_country_code: `'US'`,
  line_item_price_type: `'CPM'`,
  device_id: `CASE WHEN user_id IS NOT NULL THEN 'dev' || hex(hash(user_id)) END`,
  ip_address: ipAddress,
  no_3p_trackers: 'false',
  request_tag: requestTag,
  seller_id: `CASE WHEN NOT is_amazon_owned THEN 'pub-' || supply_source_id END`,
  seller_name: 'CASE WHEN NOT is_amazon_owned THEN publisher_name END',
  placement_is_view_aware: 'view_rate IS NOT NULL',
  placement_view_rate: 'view_rate',
  supply_source_is_view_aware: 'view_rate IS NOT NULL',
  supply_source_view_rate: 'view_rate',
  segment_marketplace_id: '1',
  user_behavior_segment_ids: `CASE WHEN user_id IS NOT NULL THEN ${segments}[segment_group + 1] END`,
  matched_behavior_segment_ids: `CASE WHEN user_id IS NOT NULL THEN ${segments}[segment_group + 1][1:1] END`,
}

/** Each flag needs the one before it: the flags are steps of one stored progress. */
const videoColumns: Readonly<Record<string, string>> = {
  video_impression: 'video_progress >= 1',
  video_start: 'video_progress >= 2',
  video_first_quartile: 'video_progress >= 3',
  video_midpoint: 'video_progress >= 4',
  video_third_quartile: 'video_progress >= 5',
  video_complete: 'video_progress >= 6',
  video_click: 'video_progress >= 1 AND clicked',
  video_creative_view: 'video_progress >= 2 AND hash(event_no + 1) % 50 = 0',
  video_mute: 'video_progress >= 2 AND hash(event_no + 2) % 20 = 0',
  video_unmute: 'video_progress >= 2 AND hash(event_no + 2) % 40 = 0',
  video_pause: 'video_progress >= 2 AND hash(event_no + 3) % 30 = 0',
  video_resume: 'video_progress >= 2 AND hash(event_no + 3) % 60 = 0',
  video_replay: 'video_progress >= 6 AND hash(event_no + 4) % 100 = 0',
  video_skip_backward: 'video_progress >= 2 AND hash(event_no + 5) % 200 = 0',
  video_skip_forward: 'video_progress >= 2 AND hash(event_no + 6) % 150 = 0',
}

/** A seen impression has two rows, MEASURABLE_IMP and VIEW; some impressions have none. */
const viewKinds = [
  { type: 'MEASURABLE_IMP', states: '1, 2', after: 1, measurable: 1, viewable: 0, unmeasurable: 0 },
  { type: 'VIEW', states: '2', after: 3, measurable: 0, viewable: 1, unmeasurable: 0 },
  { type: 'UNMEASURABLE_IMP', states: '3', after: 1, measurable: 0, viewable: 0, unmeasurable: 0 },
  { type: 'SYNTHETIC_VIEW', states: '4', after: 3, measurable: 0, viewable: 0, unmeasurable: 1 },
]

const viewEvents = (): ViewPlan[] =>
  viewKinds.map((kind) => ({
    from: dspTables,
    events: `(SELECT *, impression_dt + INTERVAL ${kind.after} SECOND AS event_dt,
      impression_dt_utc + INTERVAL ${kind.after} SECOND AS event_dt_utc FROM store.dsp WHERE view_state IN (${kind.states}))`,
    expressions: {
      ...dspColumns,
      ...timeColumns('event', ''),
      impression_id: requestTag,
      event_type: `'${kind.type}'`,
      events: '1',
      measurable_impressions: String(kind.measurable),
      viewable_impressions: String(kind.viewable),
      unmeasurable_viewable_impressions: String(kind.unmeasurable),
      // Amazon documents no values for it.
      view_definition: 'NULL',
      campaign_start_dt: 'campaign_start_date',
      campaign_start_dt_utc: 'campaign_start_date_utc',
      campaign_end_dt: 'campaign_end_date',
      campaign_end_dt_utc: 'campaign_end_date_utc',
      line_item_start_dt: 'line_item_start_date',
      line_item_start_dt_utc: 'line_item_start_date_utc',
      line_item_end_dt: 'line_item_end_date',
      line_item_end_dt_utc: 'line_item_end_date_utc',
    },
  }))

/** What a sponsored event stores as the number of an entry: its target's lists, and six common systems. */
const listedColumns: Readonly<Record<string, string>> = {
  customer_search_term: 'search_terms[search_term_no]',
  placement_type: 'placement_list[placement_no]',
  operating_system: `['iOS', 'iOS', 'Android', 'Android', 'Windows', 'macOS'][system_no]`,
  os_version: `['17.5.1', '17.5.1', '14', '13', '11', '14.4'][system_no]`,
}

const sponsoredColumns: Readonly<Record<string, string>> = {
  ...timeColumns('event', ''),
  ...currency,
  ...listedColumns,
  ad_group_start_dt: 'campaign_start_dt',
  ad_group_start_dt_utc: 'campaign_start_dt_utc',
  ad_group_end_dt: 'campaign_end_dt',
  ad_group_end_dt_utc: 'campaign_end_dt_utc',
  line_item_start_date: 'campaign_start_dt',
  line_item_start_date_utc: 'campaign_start_dt_utc',
  line_item_end_date: 'campaign_end_dt',
  line_item_end_date_utc: 'campaign_end_dt_utc',
  campaign_start_date: 'CAST(campaign_start_dt AS DATE)',
  campaign_start_date_utc: 'CAST(campaign_start_dt_utc AS DATE)',
  campaign_end_date: 'CAST(campaign_end_dt AS DATE)',
  campaign_end_date_utc: 'CAST(campaign_end_dt_utc AS DATE)',
  line_item: 'ad_group',
  line_item_status: 'ad_group_status',
  // Amazon documents no values for these.
  ad_group_type: 'NULL',
  line_item_type: 'NULL',
  view_definition: 'NULL',
  event_id: eventId,
  ip_address: ipAddress,
  marketplace_name: `'AMAZON.COM'`,
  matched_behavior_segment_ids: 'NULL',
  no_3p_trackers: 'false',
  five_sec_views: 'video_progress >= 2',
  video_first_quartile_views: 'video_progress >= 3',
  video_midpoint_views: 'video_progress >= 4',
  video_third_quartile_views: 'video_progress >= 5',
  video_complete_views: 'video_progress >= 6',
  video_unmutes: 'CASE WHEN video_progress IS NOT NULL THEN unmuted END',
}

/** Event vocabulary of the custom attribution guide; off-Amazon actions are numeric codes. */
const typeClass = `CASE event_subtype
  WHEN 'order' THEN 'conversion' WHEN 'detailPageView' THEN 'consideration' WHEN 'customerReview' THEN 'consideration'
  WHEN 'shoppingCart' THEN 'conversion' WHEN 'wishList' THEN 'conversion' WHEN 'snsSubscription' THEN 'conversion'
  WHEN 'brandStorePageView' THEN 'unknown' END`
const typeDescription = `CASE event_subtype
  WHEN 'order' THEN 'Product purchased' WHEN 'detailPageView' THEN 'Product detail page viewed'
  WHEN 'customerReview' THEN 'Customer Reviews Page' WHEN 'shoppingCart' THEN 'Add to Shopping Cart' WHEN 'wishList' THEN 'add to wishlist'
  WHEN 'snsSubscription' THEN 'New SnS Subscription' WHEN 'brandStorePageView' THEN 'unknown'
  WHEN '30' THEN 'Thank You Page' WHEN '53' THEN 'Add to Shopping Cart' WHEN '55' THEN 'Homepage visit' END`
const eventName = `CASE WHEN event_category = 'off-Amazon' THEN 'Site - ' || ${typeDescription} END`
const productSales = 'coalesce(units * purchase_unit_price, 0)'
const combinedSales = `${productSales} + coalesce(off_amazon_product_sales, 0)`
const onAmazon = `CASE WHEN event_category <> 'off-Amazon' THEN 'AMAZON.COM' END`

const conversionColumns: Readonly<Record<string, string>> = {
  combined_sales: combinedSales,
  conversion_event_name: eventName,
  conversion_id: `'cnv' || lpad(hex(hash(conversion_no + 2000000000000)), 16, '0')`,
  conversions: '1',
  event_type: `'CONVERSION'`,
  event_type_class: typeClass,
  event_type_description: typeDescription,
  ip_address: ipAddress,
  marketplace_name: onAmazon,
  no_3p_trackers: 'false',
  purchase_currency: `CASE WHEN event_category = 'purchase' THEN 'USD' END`,
  purchase_retail_program: 'NULL',
  total_product_sales: productSales,
  total_units_sold: 'units',
}

const relevanceColumns: Readonly<Record<string, string>> = {
  campaign_source: 'NULL',
  campaign_start_date: 'CAST(campaign_start_dt AS DATE)',
  campaign_start_date_utc: 'CAST(campaign_start_dt_utc AS DATE)',
  campaign_end_date: 'CAST(campaign_end_dt AS DATE)',
  campaign_end_date_utc: 'CAST(campaign_end_dt_utc AS DATE)',
}

/** What modelled conversions leave empty: everything below the line item. */
const belowLine = [
  'creative',
  'creative_category',
  'creative_duration',
  'creative_id',
  'creative_is_link_in',
  'creative_size',
  'creative_type',
]

const attributedColumns = (): Record<string, string> => ({
  ...timeColumns('conversion_event', ''),
  ...timeColumns('traffic_event', ''),
  ...timeColumns('impression', 'NOT is_click', 'traffic_event'),
  ...timeColumns('click', 'is_click', 'traffic_event'),
  combined_sales: combinedSales,
  conversion_event_category: 'event_category',
  conversion_event_subtype: 'event_subtype',
  conversion_event_marketplace_name: onAmazon,
  conversion_event_name: eventName,
  conversion_event_type: `'CONVERSION'`,
  conversion_event_type_class: typeClass,
  conversion_event_type_description: typeDescription,
  conversions: '1',
  clicks: 'is_click',
  impressions: 'NOT is_click',
  no_3p_trackers: 'false',
  // Amazon documents no values for it.
  product_line: 'NULL',
  purchase_currency: `CASE WHEN event_category = 'purchase' THEN 'USD' END`,
  purchase_retail_program: 'NULL',
  traffic_event_marketplace_name: `'AMAZON.COM'`,
  traffic_event_subtype: `CASE WHEN is_click THEN 'AD_CLICK' ELSE 'AD_IMP' END`,
  traffic_event_type: `'TRAFFIC'`,
})

/** DSP rows carry supply, device and place; sponsored rows carry keywords instead. */
const attributedEvents = (): ViewPlan[] => [
  {
    from: ['dsp_pairs', 'creatives', 'placements', 'places'],
    expressions: {
      ...attributedColumns(),
      ...metricColumns(false),
      ...Object.fromEntries(belowLine.map((name) => [name, `CASE WHEN NOT modelled THEN ${name} END`])),
      ad_product_type: 'NULL',
      ad_slot_size: 'CASE WHEN NOT modelled THEN creative_size END',
      campaign_start_dt: 'campaign_start_date',
      campaign_start_dt_utc: 'campaign_start_date_utc',
      campaign_end_dt: 'campaign_end_date',
      campaign_end_dt_utc: 'campaign_end_date_utc',
      iso_country_code: `'US'`,
      request_tag: `CASE WHEN NOT modelled THEN ${requestTag} END`,
    },
  },
  {
    from: ['sponsored_pairs', 'targets'],
    expressions: {
      ...attributedColumns(),
      ...metricColumns(true),
      ...listedColumns,
      campaign_start_date: 'campaign_start_dt',
      campaign_start_date_utc: 'campaign_start_dt_utc',
      campaign_end_date: 'campaign_end_dt',
      campaign_end_date_utc: 'campaign_end_dt_utc',
      creative: 'CASE WHEN NOT modelled THEN creative END',
      creative_type: 'CASE WHEN NOT modelled THEN creative_type END',
      line_item: 'ad_group',
      line_item_id: 'NULL',
      line_item_status: 'ad_group_status',
      traffic_event_id: `CASE WHEN NOT modelled THEN ${eventId} END`,
    },
  },
]

/**
 * The arithmetic of the attributed metrics: total = promoted + halo, a metric = its clicks + its views, new-to-brand the same where
 * the order was new to the brand. A row is non-zero only in the metrics of its own action; Sponsored Brands counts no carts.
 */
function metricColumns(sponsored: boolean): Record<string, string> {
  const bases: readonly { name: string; value: string; newToBrand: boolean }[] = [
    { name: 'purchases', value: `CASE WHEN event_subtype = 'order' THEN 1 ELSE 0 END`, newToBrand: true },
    { name: 'units_sold', value: `CASE WHEN event_subtype = 'order' THEN units ELSE 0 END`, newToBrand: true },
    { name: 'product_sales', value: productSales, newToBrand: true },
    {
      name: 'add_to_cart',
      value: `CASE WHEN event_subtype = 'shoppingCart'${sponsored ? ` AND ad_product_type <> 'sponsored_brands'` : ''} THEN 1 ELSE 0 END`,
      newToBrand: false,
    },
    {
      name: 'detail_page_view',
      value: `CASE WHEN event_subtype = 'detailPageView' THEN 1 ELSE 0 END`,
      newToBrand: false,
    },
  ]
  const columns: Record<string, string> = {}
  const add = (name: string, value: string, condition: string) => {
    const when = (more: string) => {
      const all = [condition, more].filter((part) => part !== '').join(' AND ')
      return all === '' ? value : `CASE WHEN ${all} THEN ${value} ELSE 0 END`
    }
    columns[name] = when('')
    columns[`${name}_clicks`] = when('is_click')
    columns[`${name}_views`] = when('NOT is_click')
  }
  for (const { name, value, newToBrand } of bases) {
    add(name, value, 'promoted')
    add(`brand_halo_${name}`, value, 'NOT promoted')
    add(`total_${name}`, value, '')
    if (!newToBrand) continue
    add(`new_to_brand_${name}`, value, 'new_to_brand AND promoted')
    add(`new_to_brand_brand_halo_${name}`, value, 'new_to_brand AND NOT promoted')
    add(`new_to_brand_total_${name}`, value, 'new_to_brand')
  }
  // The advertisers sell neither apps nor subscriptions.
  for (const name of notSold) add(name, '0', '')
  return columns
}

const notSold = [
  'appstore_first_opens',
  'appstore_first_session_hours',
  'appstore_opens',
  'appstore_repeat_opens',
  'appstore_repeat_session_hours',
  'appstore_usage_hours',
  'digital_app_subscription_signup_purchases',
  'digital_free_trial_app_subscription_signup_purchases',
  'digital_free_trial_subscription_signup_purchases',
  'digital_paid_app_subscription_signup_purchases',
  'digital_paid_subscription_signup_purchases',
  'digital_subscription_signup_purchases',
]

const dspTables: readonly StoredTable[] = ['dsp', 'creatives', 'placements', 'places']

/** Each table's parts; more than one part makes a union. */
const viewPlans: Readonly<Record<string, readonly ViewPlan[]>> = {
  dsp_impressions: [
    { from: dspTables, expressions: { ...dspColumns, ...timeColumns('impression', ''), impressions: '1' } },
  ],
  dsp_clicks: [
    {
      from: ['dsp_clicks', 'creatives', 'placements', 'places'],
      expressions: {
        ...dspColumns,
        ...timeColumns('impression', ''),
        ...timeColumns('click', ''),
        clicks: '1',
        // DSP is charged per impression, so the click costs what its impression did.
        click_cost: 'impression_cost',
      },
    },
  ],
  dsp_views: viewEvents(),
  dsp_video_events_feed: [
    {
      from: dspTables,
      expressions: { ...dspColumns, ...timeColumns('impression', ''), ...videoColumns, impressions: '1' },
    },
  ],
  sponsored_ads_traffic: [{ from: ['sponsored', 'targets'], expressions: sponsoredColumns }],
  amazon_attributed_events_by_conversion_time: attributedEvents(),
  amazon_attributed_events_by_traffic_time: attributedEvents(),
  conversions: [{ from: ['conversion_events'], expressions: { ...conversionColumns, ...timeColumns('event', '') } }],
  conversions_with_relevance: [
    {
      from: ['relevance', 'campaigns'],
      expressions: { ...conversionColumns, ...timeColumns('event', ''), ...relevanceColumns },
    },
  ],
}
