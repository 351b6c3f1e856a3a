import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { scan } from '@recomamp/amc-sql'
import { complete } from '@recomamp/amc-sql/editing'
import { atMost, type Figure, median } from './figure.ts'
import { longQuery } from './long-query.ts'
import { milliseconds, percentile } from './timing.ts'

const places = 400
const textsEach = 3

/**
 * P3: completion in a query of 500 lines with the whole catalogue. Each place is asked in texts of its own, as every key makes one, so
 * that nothing read before helps. At a third of the places a word is begun, at a third the text ends there, and a third is as it was.
 * A place counts with the middle of its three times.
 */
export async function measureCompletion(): Promise<Figure[]> {
  const schema = loadSchema()
  const query = widestQuery()
  const times: number[] = []
  let items = 0
  for (let round = 0; round < places; round += 1) {
    const tries = Array.from({ length: textsEach }, (_, attempt) => {
      const { text, offset } = placeIn(query, round, `-- ${round}.${attempt}\n`)
      return milliseconds(() => (items += complete(text, offset, schema).items.length))
    })
    times.push(median(tries))
  }
  if (items < places * textsEach * 20) throw new Error('completion offers next to nothing')
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

/** A place before a word, spread over the text and denser at its end, where the wide tables are; `head` makes the text a new one. */
function placeIn(query: string, round: number, head: string): { text: string; offset: number } {
  const words = scan(query).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  const share = round % 2 === 0 ? round / places : 1 - (0.08 * round) / places
  const at = words[Math.floor(words.length * share)]?.from ?? 0
  const before = head + query.slice(0, at)
  const written = round % 3 === 0 ? 'c ' : ''
  const after = round % 3 === 1 ? '' : query.slice(at)
  return { text: before + written + after, offset: before.length + (written === '' ? 0 : 1) }
}
