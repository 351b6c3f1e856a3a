import { type ExecutionId, getResults, type QueryOf } from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import { atMost, type Figure, told } from './figure.ts'
import { largeRows } from './large-csv.ts'
import { withLargeResults } from './large-result.ts'
import { percentile } from './timing.ts'

type Asked = Partial<Pick<QueryOf<typeof getResults>, 'sort' | 'filter'>>

const sorts: Asked[] = [
  'campaign_id',
  'line_item',
  'seen',
  'impressions',
  'purchases',
  'cost',
  'click_rate',
  'new_to_brand',
].flatMap((column) => (['asc', 'desc'] as const).map((direction) => ({ sort: [{ column, direction }] })))
const filters: Asked[] = [
  { filter: [{ column: 'campaign', operator: 'contains', value: 'paign 12' }] },
  { filter: [{ column: 'creative', operator: 'contains', value: '"77' }] },
  { filter: [{ column: 'line_item', operator: 'equals', value: 'Line item 77' }] },
  { filter: [{ column: 'cost', operator: 'greater', value: '89000.50' }] },
  { filter: [{ column: 'purchases', operator: 'is-null' }] },
  { filter: [{ column: 'seen', operator: 'at-least', value: '2026-09-01' }] },
  { filter: [{ column: 'postal_code', operator: 'equals', value: 'none' }] },
]
const both: Asked[] = filters.map((asked, at) => ({ ...asked, ...sorts[at * 2] }))

/** P6: pages of 100 rows of a stored result of 1,000,000 rows and 20 columns, over HTTP, one after the other. */
export function measurePages(): Promise<Figure[]> {
  return withLargeResults(async ({ run, ana }) => {
    const { executionId } = await run()
    const page = (offset: number, asked: Asked = {}) => milliseconds(ana, executionId, offset, asked)
    await page(0)
    const anywhere: number[] = []
    for (let at = 0; at < 300; at += 1) anywhere.push(await page((at * 7919 * 100) % (largeRows - 100)))
    const firsts: number[] = []
    for (const asked of [...sorts, ...filters, ...both]) firsts.push(await page(0, asked))
    const middles: number[] = []
    for (const asked of sorts) middles.push(await page(largeRows / 2, asked))
    return [
      atMost('P6', 'any page of 1,000,000 × 20 over HTTP, p95 of 300', percentile(anywhere, 0.95), 25, ' ms'),
      atMost('P6', `sort or filter, then the first page, slowest of ${firsts.length}`, Math.max(...firsts), 200, ' ms'),
      told('P6', 'the same, median', percentile(firsts, 0.5), ' ms'),
      atMost(
        'P6',
        `a page in the middle of a sorted set, slowest of ${middles.length}`,
        Math.max(...middles),
        500,
        ' ms',
      ),
      told('P6', 'the same, median', percentile(middles, 0.5), ' ms'),
    ]
  })
}

async function milliseconds(person: Person, executionId: ExecutionId, offset: number, asked: Asked): Promise<number> {
  const query = new URLSearchParams({ offset: String(offset), limit: '100' })
  for (const [name, value] of Object.entries(asked)) query.set(name, JSON.stringify(value))
  const path = `${getResults.path.replace(':executionId', executionId)}?${query.toString()}`
  const began = performance.now()
  const answer = await person.fetch(path)
  const text = await answer.text()
  const took = performance.now() - began
  const page = getResults.ok.body.parse(JSON.parse(text))
  const due = Math.max(0, Math.min(100, page.matchingCount - offset))
  if (page.rows.length !== due) throw new Error(`a page has ${page.rows.length} rows in place of ${due}`)
  return took
}
