import { markets } from './markets.ts'

/** An audience segment as Amazon names them: `IM` in-market, `LS` lifestyle, `Demo` demographics. */
export interface Segment {
  id: number
  name: string
  kind: 'inmarket' | 'lifestyle' | 'demographic'
  /** Second level of the taxonomy. */
  area: string
  description: string
}

type Row = readonly [name: string, area: string]

const inMarket: readonly Row[] = [
  ['Cookware', 'Home'],
  ['Kitchen and Dining', 'Home'],
  ['Home Improvement', 'Home'],
  ['Coffee and Tea', 'Grocery'],
  ['Snack Foods', 'Grocery'],
  ['Breakfast Foods', 'Grocery'],
  ['Baby Products', 'Family'],
  ['Toys and Games', 'Family'],
  ['Pet Supplies', 'Pets'],
  ['Streaming Media Players', 'Electronics'],
  ['Headphones', 'Electronics'],
  ['SUVs and Crossovers', 'Automotive'],
  ['Automotive Parts', 'Automotive'],
  ['Camping and Hiking', 'Sports and Outdoors'],
  ['Tents and Shelters', 'Sports and Outdoors'],
  ['Fitness Equipment', 'Sports and Outdoors'],
]
const lifestyle: readonly Row[] = [
  ['Home Cooks', 'Food'],
  ['Foodies', 'Food'],
  ['Coffee Drinkers', 'Food'],
  ['Hosts and Entertainers', 'Home'],
  ['Parents of Toddlers', 'Family'],
  ['Gift Givers', 'Shopping'],
  ['Deal Seekers', 'Shopping'],
  ['Pet Owners', 'Pets'],
  ['Movie Fans', 'Entertainment'],
  ['Video Streamers', 'Entertainment'],
  ['Sports Fans', 'Entertainment'],
  ['Car Enthusiasts', 'Automotive'],
  ['Outdoor Enthusiasts', 'Outdoors'],
  ['Weekend Campers', 'Outdoors'],
]
const demographics: readonly Row[] = [
  ['Age 18 to 24', 'Age'],
  ['Age 25 to 34', 'Age'],
  ['Age 35 to 44', 'Age'],
  ['Age 45 to 54', 'Age'],
  ['Age 55 and over', 'Age'],
  ['Female', 'Gender'],
  ['Male', 'Gender'],
]

/** The ids of a kind follow each other, so that a place in its list tells the id. */
function ofKind(kind: Segment['kind'], prefix: string, firstId: number, text: string, rows: readonly Row[]): Segment[] {
  return rows.map(([name, area], at) => ({
    id: firstId + at,
    name: `${prefix} - ${name}`,
    kind,
    area,
    description: `${text}: ${name}.`,
  }))
}

export const segments: readonly Segment[] = [
  ...ofKind('inmarket', 'IM', 341001, 'Shoppers whose recent activity points to a purchase', inMarket),
  ...ofKind('lifestyle', 'LS', 352001, 'Shoppers whose activity over a year shows this interest', lifestyle),
  ...ofKind('demographic', 'Demo', 363001, 'People whose account suggests this group', demographics),
]

/** People of one group are in the same segments; a person's group follows from their place among the people of their market. */
export const segmentGroupCount = 48

/**
 * The segments of each group. Neighbouring groups share themes, in the order in which campaigns reach people: cooks first, campers
 * last. So those whom a campaign reaches differ from everybody, as an index of segments is meant to show.
 */
export const segmentGroups: readonly (readonly number[])[] = Array.from({ length: segmentGroupCount }, (_, group) => {
  const within = (list: readonly Row[], firstId: number, width: number) => {
    const centre = Math.floor((group / segmentGroupCount) * list.length)
    return Array.from({ length: width }, (__, at) => firstId + ((centre + at * (1 + (group % 2))) % list.length))
  }
  const demographic = [363001 + ((group * 7) % 5), 363006 + (group % 2)]
  return [...within(inMarket, 341001, 2 + (group % 3)), ...within(lifestyle, 352001, 2 + (group % 2)), ...demographic]
})

/** DuckDB SQL for the list of segments of the group that `segment_group` names. */
export const segmentsOfGroup = `[${segmentGroups.map((ids) => `[${ids.join(', ')}]`).join(', ')}][segment_group + 1]`

/** The taxonomy words of a kind: the first level of `segment_metadata`. */
export const segmentKinds: Readonly<Record<Segment['kind'], string>> = {
  inmarket: 'In-market',
  lifestyle: 'Lifestyle',
  demographic: 'Demographics',
}

/** The stores for which segments exist, with the region that names their tables. */
export const segmentMarkets = markets.map(({ key, region, marketplaceId }) => ({ market: key, region, marketplaceId }))
