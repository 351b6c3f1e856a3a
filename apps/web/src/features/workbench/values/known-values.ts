import type { ParameterDeclaration, TemplateId } from '@recomamp/contracts'
import { TemplateId as templateId } from '@recomamp/contracts'

/** Something of an instance that a parameter can be given, as a stored result of an orientation query tells it. */
export interface KnownValue {
  value: string
  /** What people call it; the value itself where it has no other name. */
  name: string
  detail: string
}

interface Inventory {
  template: TemplateId
  /** Column of the values, and the one of their names. */
  value: string
  name: string
  /** Columns that tell more. */
  detail: readonly string[]
  /** What is no value of this kind, such as a store among the products. */
  fits: RegExp
}

/** Which orientation query of the library tells what there is of a kind. */
export const inventories = {
  'campaign-ids': {
    template: templateId.parse('campaign-inventory'),
    value: 'campaign_id_string',
    name: 'campaign',
    detail: ['ad_product_type', 'advertiser'],
    fits: /./,
  },
  campaigns: {
    template: templateId.parse('campaign-inventory'),
    value: 'campaign',
    name: 'campaign',
    detail: ['ad_product_type', 'advertiser'],
    fits: /./,
  },
  asins: {
    template: templateId.parse('conversion-inventory'),
    value: 'tracked_item',
    name: 'tracked_item',
    detail: ['event_type_description'],
    fits: /^[A-Z0-9]{10}$/,
  },
} as const satisfies Record<string, Inventory>

export type KnownKind = keyof typeof inventories

/** Columns whose values an orientation query tells. */
const kindOfColumn: Record<string, KnownKind> = {
  campaign_id_string: 'campaign-ids',
  campaign: 'campaigns',
  tracked_item: 'asins',
  tracked_asin: 'asins',
}

const kindOfName: readonly [RegExp, KnownKind][] = [
  [/(^|_)campaign_ids?$/, 'campaign-ids'],
  [/(^|_)campaigns?(_names?)?$/, 'campaigns'],
  [/(^|_)asins?$/, 'asins'],
]

/** What a list is of: told by the column that it is compared with, else by its name; null where nothing is known of it. */
export function kindOf(
  { name, type, list }: Pick<ParameterDeclaration, 'name' | 'type' | 'list'>,
  toldBy: string | null,
): KnownKind | null {
  if (!list || type !== 'STRING') return null
  const column = toldBy?.split('.').at(-1)?.toLowerCase()
  const told = column === undefined ? undefined : kindOfColumn[column]
  return told ?? kindOfName.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null
}

/** The values in rows of a result, each once and by name; null where the result has not the columns of the orientation query. */
export function readKnown(
  kind: KnownKind,
  columns: readonly { name: string }[],
  rows: readonly (readonly (string | null)[])[],
): KnownValue[] | null {
  const wanted: Inventory = inventories[kind]
  const at = (name: string) => columns.findIndex((each) => each.name.toLowerCase() === name)
  const [value, name, ...detail] = [wanted.value, wanted.name, ...wanted.detail].map(at)
  if (value === undefined || name === undefined || value < 0 || name < 0) return null
  const known = new Map<string, KnownValue>()
  for (const row of rows) {
    const text = row[value]
    // What Amazon filtered has no value.
    if (text == null || !wanted.fits.test(text) || known.has(text)) continue
    known.set(text, {
      value: text,
      name: row[name] ?? text,
      detail: detail.flatMap((place) => row[place] ?? []).join(', '),
    })
  }
  return [...known.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}
