import { ipAddress, noTrackers, requestTag, timeColumns } from '../columns.ts'
import type { ViewPlan, ViewPlans } from '../view-plan.ts'
import { segmentsOfGroup } from '../world/segments.ts'

const facts = { creatives: 'creative_key', placements: 'placement', places: 'place' }

const dspColumns: Readonly<Record<string, string>> = {
  // Amazon documents no values for these three; ours are invented.
  campaign_source: `'ADS_CONSOLE'`,
  demand_channel: `'AMAZON_DSP'`,
  demand_channel_owner: 'advertiser',
  ad_slot_size: 'creative_size',
  line_item_price_type: `'CPM'`,
  device_id: `CASE WHEN user_id IS NOT NULL THEN 'dev' || hex(hash(user_id)) END`,
  ip_address: ipAddress,
  no_3p_trackers: noTrackers,
  request_tag: requestTag,
  seller_id: `CASE WHEN NOT is_amazon_owned THEN 'pub-' || supply_source_id END`,
  seller_name: 'CASE WHEN NOT is_amazon_owned THEN publisher_name END',
  placement_is_view_aware: 'view_rate IS NOT NULL',
  placement_view_rate: 'view_rate',
  supply_source_is_view_aware: 'view_rate IS NOT NULL',
  supply_source_view_rate: 'view_rate',
  user_behavior_segment_ids: `CASE WHEN user_id IS NOT NULL THEN ${segmentsOfGroup} END`,
  matched_behavior_segment_ids: `CASE WHEN user_id IS NOT NULL THEN list_sort(list_intersect(targeted_segments, ${segmentsOfGroup})) END`,
}

const impressionColumns: Readonly<Record<string, string>> = {
  ...dspColumns,
  ...timeColumns('impression'),
  impressions: '1',
}

/** Every impression costs something. */
const costs = ['supply_cost', 'impression_cost', 'total_cost']

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

const viewEvents = viewKinds.map((kind): ViewPlan => ({
  from: 'dsp',
  events: `(SELECT *, impression_dt + INTERVAL ${kind.after} SECOND AS event_dt,
      impression_dt_utc + INTERVAL ${kind.after} SECOND AS event_dt_utc FROM store.dsp WHERE view_state IN (${kind.states}))`,
  joins: facts,
  expressions: {
    ...dspColumns,
    ...timeColumns('event'),
    impression_id: requestTag,
    event_type: `'${kind.type}'`,
    events: '1',
    measurable_impressions: String(kind.measurable),
    viewable_impressions: String(kind.viewable),
    unmeasurable_viewable_impressions: String(kind.unmeasurable),
    // Filled for views only; Amazon documents no values, ours is the industry's standard.
    view_definition: kind.viewable === 1 ? `'MRC'` : 'NULL',
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

/** An impression stands once for each segment of its user; the matched ones are those that its line item targeted. */
const bySegment: ViewPlan = {
  from: 'dsp',
  joins: { ...facts, segment_members: 'segment_group' },
  neverZero: costs,
  where: 'user_id IS NOT NULL',
  expressions: {
    ...impressionColumns,
    behavior_segment_matched: 'list_contains(targeted_segments, behavior_segment_id)',
  },
}

export const dspViews: ViewPlans = {
  dsp_impressions: [{ from: 'dsp', joins: facts, expressions: impressionColumns, neverZero: costs }],
  dsp_clicks: [
    {
      from: 'dsp_clicks',
      joins: facts,
      neverZero: [...costs, 'click_cost'],
      expressions: {
        ...dspColumns,
        ...timeColumns('impression'),
        ...timeColumns('click'),
        clicks: '1',
        // DSP is charged per impression, so the click costs what its impression did.
        click_cost: 'impression_cost',
      },
    },
  ],
  dsp_views: viewEvents,
  dsp_video_events_feed: [
    { from: 'dsp', joins: facts, expressions: { ...impressionColumns, ...videoColumns }, neverZero: costs },
  ],
  dsp_impressions_by_user_segments: [bySegment],
  dsp_impressions_by_matched_segments: [
    { ...bySegment, where: `${bySegment.where} AND list_contains(targeted_segments, behavior_segment_id)` },
  ],
}
