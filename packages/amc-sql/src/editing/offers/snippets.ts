import { isTime, type AmcType } from '../../resolve/types.ts'
import type { Unit } from '../../schema.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import { spelled } from '../names.ts'
import { catalogueColumnOf } from '../origin.ts'
import { cased, type Asked } from './asked.ts'

interface Idiom {
  label: string
  detail: string
  text: string
}

/** Whole queries that analysts of AMC write again and again, as a frame to fill in. */
const statementIdioms: readonly Idiom[] = [
  {
    label: 'reach and frequency',
    detail: 'how many users saw how many ads',
    text: `WITH per_user AS (
  SELECT \${1:campaign}, user_id, SUM(impressions) AS frequency
  FROM \${2:dsp_impressions}
  WHERE user_id IS NOT NULL
  GROUP BY \${1:campaign}, user_id
)
SELECT \${1:campaign}, frequency, COUNT(DISTINCT user_id) AS users
FROM per_user
GROUP BY \${1:campaign}, frequency`,
  },
  {
    label: 'new-to-brand by campaign',
    detail: 'purchases and the share of new customers',
    text: `SELECT
  \${1:campaign},
  SUM(total_purchases) AS purchases,
  SUM(new_to_brand_total_purchases) AS new_to_brand_purchases,
  SUM(new_to_brand_total_purchases) / NULLIF(SUM(total_purchases), 0) AS new_to_brand_share
FROM \${2:amazon_attributed_events_by_traffic_time}
GROUP BY \${1:campaign}`,
  },
  {
    label: 'list of values with a join',
    detail: 'VALUES instead of a long IN',
    text: `WITH wanted (\${1:campaign_id_string}) AS (
  VALUES ('\${2:first}'), ('\${3:second}')
)
SELECT t.\${1:campaign_id_string}, SUM(t.impressions) AS impressions
FROM \${4:dsp_impressions} t
JOIN wanted w ON w.\${1:campaign_id_string} = t.\${1:campaign_id_string}
GROUP BY t.\${1:campaign_id_string}`,
  },
  {
    label: 'DSP and sponsored ads together',
    detail: 'UNION ALL of both kinds of traffic',
    text: `WITH traffic AS (
  SELECT 'DSP' AS ad_product, campaign, user_id, impressions
  FROM dsp_impressions
  UNION ALL
  SELECT ad_product_type AS ad_product, campaign, user_id, impressions
  FROM sponsored_ads_traffic
)
SELECT ad_product, \${1:campaign}, SUM(impressions) AS impressions, COUNT(DISTINCT user_id) AS users
FROM traffic
GROUP BY ad_product, \${1:campaign}`,
  },
  {
    label: 'top n by rank',
    detail: 'AMC has no LIMIT; RANK in a subquery',
    text: `SELECT \${1:campaign}, \${2:impressions}, place
FROM (
  SELECT \${1:campaign}, \${2:impressions}, RANK() OVER (ORDER BY \${2:impressions} DESC) AS place
  FROM (
    SELECT \${1:campaign}, SUM(\${2:impressions}) AS \${2:impressions}
    FROM \${3:dsp_impressions}
    GROUP BY \${1:campaign}
  ) totals
) ranked
WHERE place <= \${4:10}`,
  },
  {
    label: 'path to conversion',
    detail: 'COLLECT, ARRAY_SORT and NAMED_ROW',
    text: `WITH touches AS (
  SELECT user_id, \${1:campaign} AS touch, MIN(\${2:impression_dt_utc}) AS first_time
  FROM \${3:dsp_impressions}
  WHERE user_id IS NOT NULL
  GROUP BY user_id, \${1:campaign}
),
ordered AS (
  SELECT
    user_id,
    NAMED_ROW('place', ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY first_time), 'touch', touch) AS step
  FROM touches
),
paths AS (
  SELECT user_id, ARRAY_SORT(COLLECT(step)) AS path
  FROM ordered
  GROUP BY user_id
),
buyers AS (
  SELECT user_id, SUM(total_purchases) AS purchases
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT p.path, COUNT(DISTINCT p.user_id) AS users, SUM(b.purchases) AS purchases
FROM paths p
LEFT JOIN buyers b ON b.user_id = p.user_id
GROUP BY p.path`,
  },
]

interface ItemIdiom {
  label: string
  detail: string
  /** What its columns have to be, with the name of one that is usual; without them in scope the idiom makes no sense. */
  columns: readonly { usual: string; fits: (name: string, unit: string | undefined, type: AmcType) => boolean }[]
  text: (...columns: string[]) => string
}

const money = (wanted: Unit) => (_: string, unit: string | undefined) => unit === wanted
const named = (wanted: string) => ({ usual: wanted, fits: (name: string) => name === wanted })
const time = { usual: 'event_dt_utc', fits: (_: string, __: string | undefined, type: AmcType) => isTime(type) }

const itemIdioms: readonly ItemIdiom[] = [
  {
    label: 'microcents to dollars',
    detail: 'spend, fees and bids',
    columns: [{ usual: 'spend', fits: money('microcents') }],
    text: (cost) => `SUM(\${1:${cost}}) / 100000000.0 AS \${2:dollars}`,
  },
  {
    label: 'millicents to dollars',
    detail: 'total_cost, impression_cost, budgets',
    columns: [{ usual: 'total_cost', fits: money('millicents') }],
    text: (cost) => `SUM(\${1:${cost}}) / 100000.0 AS \${2:dollars}`,
  },
  {
    label: 'rate without division by zero',
    detail: 'NULL where there is nothing to divide by',
    columns: [named('clicks'), named('impressions')],
    text: (clicks, shown) => `SUM(\${1:${clicks}}) / NULLIF(SUM(\${2:${shown}}), 0) AS \${3:rate}`,
  },
  {
    label: 'distinct users',
    detail: 'reach',
    columns: [named('user_id')],
    text: (user) => `COUNT(DISTINCT \${1:${user}}) AS \${2:users}`,
  },
  {
    label: 'days between',
    detail: 'from one time to another',
    columns: [time, time],
    text: (from, to) => `SECONDS_BETWEEN(\${1:${from}}, \${2:${to}}) / 86400`,
  },
]

/** An idiom of AMC to choose from a list. */
export interface Snippet {
  label: string
  /** What it is for, in a few words. */
  detail: string
  /** With places to fill in, as in a `CompletionItem`. */
  text: string
  /** A query by itself, and not a piece of one. */
  whole: boolean
}

/** All idioms, made of the columns that are usual for them, whatever stands in the text. */
export function snippets(): Snippet[] {
  return [
    ...statementIdioms.map((idiom) => ({ ...idiom, whole: true })),
    ...itemIdioms.map(({ label, detail, columns, text }) => ({
      label,
      detail,
      text: text(...columns.map(({ usual }) => usual)),
      whole: false,
    })),
    { label: 'known users', detail: knownUsers.detail, text: knownUsers.text, whole: false },
    { label: 'WITH part', detail: part.detail, text: `\${3:name} ${part.text}`, whole: false },
  ]
}

const knownUsers = { detail: 'rows of known users only', text: 'user_id IS NOT NULL' }
const part = {
  detail: 'the query of this WITH part',
  text: 'AS (\n  SELECT ${2:columns}\n  FROM ${1:table}\n)',
}

/** Frames of whole queries. */
export function statementSnippets(asked: Asked): CompletionItem[] {
  return statementIdioms.map((idiom) => snippet(asked, idiom, 60))
}

/** Items of a select list, made of the columns in scope. */
export function itemSnippets(asked: Asked): CompletionItem[] {
  return itemIdioms.flatMap((idiom) => {
    const columns = columnsFor(asked, idiom)
    if (columns === null) return []
    return [snippet(asked, { label: idiom.label, detail: idiom.detail, text: idiom.text(...columns) }, 30)]
  })
}

/** A column for each that the idiom wants, the usual one where it is there; null where one is missing. */
function columnsFor({ sources, place }: Asked, { columns }: ItemIdiom): string[] | null {
  if (sources.length === 0) return columns.map(({ usual }) => usual)
  const found: string[] = []
  for (const { usual, fits } of columns) {
    const fitting = sources.flatMap((source) =>
      source.relation.columns.flatMap(({ name, type }, index) => {
        const unit = catalogueColumnOf(place.reading.resolution, source, index)?.column.unit
        if (!fits(name.toLowerCase(), unit, type)) return []
        const text =
          sources.length > 1 && source.alias !== '' ? `${spelled(source.alias)}.${spelled(name)}` : spelled(name)
        return found.includes(text) ? [] : [{ name, text }]
      }),
    )
    const chosen = fitting.find(({ name }) => name.toLowerCase() === usual) ?? fitting[0]
    if (chosen === undefined) return null
    found.push(chosen.text)
  }
  return found
}

/** Conditions that nearly every query about users needs. */
export function conditionSnippets(asked: Asked): CompletionItem[] {
  const source = asked.sources.find(({ relation }) => relation.index.has('user_id'))
  if (source === undefined) return []
  const qualifier = asked.sources.length > 1 && source.alias !== '' ? `${spelled(source.alias)}.` : ''
  const text = `${qualifier}user_id ${cased(asked, 'IS NOT NULL')}`
  return [
    plainItem('snippet', text, 91, {
      detail: knownUsers.detail,
      documentation:
        'AMC leaves user_id empty where it could not resolve the user; such rows would join and count as one.',
    }),
  ]
}

/** A further WITH part. */
export function partSnippet(asked: Asked): CompletionItem {
  return plainItem('snippet', cased(asked, 'AS (SELECT …)'), 90, {
    insert: cased(asked, part.text),
    snippet: true,
    detail: part.detail,
  })
}

function snippet(asked: Asked, { label, detail, text }: Idiom, rank: number): CompletionItem {
  return plainItem('snippet', label, rank, { insert: cased(asked, text), snippet: true, detail })
}
