import { loadSchema } from '@recomamp/amc-catalogue'
import { scan } from '@recomamp/amc-sql'
import { complete } from '@recomamp/amc-sql/editing'
import { atMost, type Figure } from './figure.ts'
import { longQuery } from './long-query.ts'
import { milliseconds, percentile } from './timing.ts'

const places = 400

/**
 * P3: completion in a query of 500 lines with the whole catalogue. Each place is asked in a text of its own, as every key makes one,
 * so that nothing read before helps. At a third of the places a word is begun, at a third the text ends there, and a third is as it was.
 */
export async function measureCompletion(): Promise<Figure[]> {
  const schema = loadSchema()
  const times: number[] = []
  let items = 0
  for (const { text, offset } of placesIn(widestQuery()))
    times.push(milliseconds(() => (items += complete(text, offset, schema).items.length)))
  if (items < places * 20) throw new Error('completion offers next to nothing')
  // The first tenth warms the engine up, as the first keys of a session do.
  const warm = times.slice(places / 10)
  return [atMost('P3', `completion in 500 lines, p95 of ${warm.length} places`, percentile(warm, 0.95), 8, ' ms')]
}

/** The long query, and at its end a join of the two widest tables of the catalogue. */
function widestQuery(): string {
  const tables = loadSchema().tables.toSorted((a, b) => b.columns.length - a.columns.length)
  return `${longQuery(490)}
UNION ALL
SELECT a.campaign, COUNT(DISTINCT a.user_id), SUM(a.impressions), SUM(IF(i.device_type = 'TV', 1, 0))
FROM ${tables[0]?.name} a
JOIN dsp_impressions i ON i.request_tag = a.request_tag AND i.user_id = a.user_id
WHERE a.campaign IN ('one', 'two') AND i.device_type = 'Phone'
GROUP BY a.campaign
HAVING COUNT(DISTINCT a.user_id) > 1`
}

interface Place {
  text: string
  offset: number
}

/** Places before words, spread over the text and denser at its end, where the wide tables are. */
function placesIn(text: string): Place[] {
  const words = scan(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  return Array.from({ length: places }, (_, round) => {
    const share = round % 2 === 0 ? round / places : 1 - (0.08 * round) / places
    const at = words[Math.floor(words.length * share)]?.from ?? 0
    // Each text differs from all others, or the language would remember it.
    const before = `-- ${round}\n${text.slice(0, at)}`
    const written = round % 3 === 0 ? 'c ' : ''
    return {
      text: before + written + (round % 3 === 1 ? '' : text.slice(at)),
      offset: before.length + (written === '' ? 0 : 1),
    }
  })
}
