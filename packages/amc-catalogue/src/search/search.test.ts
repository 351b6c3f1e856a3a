import { array, assert, constantFrom, integer, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadCatalogue } from '../files/load-catalogue.ts'
import { rangesOf } from './ranges.ts'
import { createSearchIndex, type SearchHit, type SearchableSource } from './search-index.ts'

const { dataSources } = loadCatalogue()
const index = createSearchIndex(dataSources)
const names = (hits: readonly SearchHit[]) => hits.map(({ name }) => name)
const first = (text: string) => index.search(text, { limit: 1 })[0]
const fieldNames = [...new Set(dataSources.flatMap(({ fields }) => fields.map(({ name }) => name)))]

/** A name with the letters that a hit highlights in brackets. */
function marked(hit: SearchHit | undefined): string {
  let text = hit?.name ?? ''
  for (const [from, to] of (hit?.nameRanges ?? []).toReversed())
    text = `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`
  return text
}

describe('what people type', () => {
  test.each([
    ['dsp_impressions', '[dsp]_[impressions]'],
    ['dsp imp', '[dsp]_[imp]ressions'],
    ['impressions dsp', '[dsp]_[impressions]'],
    ['total_cost', '[total]_[cost]'],
    ['totl_cost', '[total]_[cost]'],
    ['postal', '[postal]_code'],
    ['postla_code', '[postal]_[code]'],
    ['usr_id', '[user]_[id]'],
    ['newtobrand', '[new_to_brand]'],
    ['ntb', '[n]ew_[t]o_[b]rand'],
    ['sponsored', '[sponsored]_ads_traffic'],
    ['SPONSRED Ads', '[sponsored]_[ads]_traffic'],
    ['camapign', '[campaign]'],
    ['dsp_clicks_for_audiences', '[dsp]_[clicks]'],
    ['retail purchases', 'amazon_[retail]_[purchases]'],
  ])('%s finds first %s', (text, name) => {
    expect(marked(first(text))).toBe(name)
  })

  test('a field is one hit with all its sources', () => {
    const hits = index.search('new_to_brand')
    expect(hits.filter(({ name }) => name === 'new_to_brand')).toHaveLength(1)
    expect(hits[0]).toMatchObject({
      kind: 'field',
      sources: expect.arrayContaining(['conversions', 'conversions_all']),
    })
  })

  test('sources and fields come together, and titles are highlighted', () => {
    const hits = index.search('viewability')
    expect(hits[0]).toMatchObject({ kind: 'source', name: 'dsp_views', titleRanges: [[11, 22]] })
    expect(new Set(index.search('segment').map(({ kind }) => kind))).toEqual(new Set(['source', 'field']))
  })

  test('words of descriptions find too, behind words of names', () => {
    expect(names(index.search('millicents'))).toContain('total_cost')
    const hits = index.search('click')
    expect(names(hits.slice(0, 5))).toContain('dsp_clicks')
  })

  test('every word must fit', () => {
    expect(names(index.search('dsp zzzz'))).toEqual([])
    const hits = names(index.search('audience eu lifestyle'))
    expect(hits.slice(0, 2).toSorted()).toEqual([
      'audience_segments_eu_lifestyle',
      'audience_segments_eu_lifestyle_snapshot',
    ])
  })

  test('retired tables stand behind those that live', () => {
    const hits = names(index.search('traffic').filter(({ kind }) => kind === 'source'))
    expect(hits.indexOf('sponsored_ads_traffic')).toBeLessThan(hits.indexOf('adserver_traffic'))
  })

  test.each(['', '   ', '__', '!?'])('%j finds nothing', (text) => {
    expect(index.search(text)).toEqual([])
  })
})

test('every source and every field is the first hit of its own name', () => {
  for (const name of [...dataSources.map((source) => source.name), ...fieldNames])
    expect(first(name)?.name, name).toBe(name)
})

test('a field is found after one slip of the finger in one of its longer words', () => {
  const slip = tuple(
    constantFrom('leave out', 'double', 'swap', 'change'),
    constantFrom(...fieldNames),
    integer({ min: 0, max: 99 }),
  )
  assert(
    property(slip, ([kind, name, where]) => {
      const words = name.split('_')
      const long = words.filter((word) => /^[a-z]{5,}$/.test(word))
      const word = long[where % Math.max(1, long.length)]
      if (word === undefined) return
      const at = 1 + (where % (word.length - 2))
      const [before, letter, next, after] = [
        word.slice(0, at),
        word.charAt(at),
        word.charAt(at + 1),
        word.slice(at + 2),
      ]
      const typed = {
        'leave out': before + next + after,
        double: before + letter + letter + next + after,
        swap: before + next + letter + after,
        change: `${before}q${next}${after}`,
      }[kind]
      const text = words.map((part) => (part === word ? typed : part)).join('_')
      expect(names(index.search(text, { limit: 1000 })), text).toContain(name)
    }),
    { numRuns: 300 },
  )
})

test('S-047: a search among some sources finds these and their fields, as many as asked for', () => {
  const among = new Set(['dsp_clicks', 'sponsored_ads_traffic'])
  const hits = index.search('campaign', { limit: 3, among })
  expect(hits).toHaveLength(3)
  for (const hit of index.search('c', { limit: 1000, among }))
    expect(hit.kind === 'source' ? [hit.name] : hit.sources, hit.name).toContainEqual(
      expect.toSatisfy((name) => among.has(name)),
    )
  expect(names(index.search('new_to_brand', { among }))).not.toContain('new_to_brand')
})

test('whatever is typed: hits are sorted, different, within the limit, and their ranges lie in order inside of the text', () => {
  const piece = constantFrom('dsp', 'imp', 'to', 'brand', '_', ' ', 'x', 'é', '"', 'user_id', 'Sponsored', '9')
  const text = array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
  for (const typed of [text, string()])
    assert(
      property(typed, integer({ min: 0, max: 30 }), (typed, limit) => {
        const hits = index.search(typed, { limit })
        expect(hits.length).toBeLessThanOrEqual(limit)
        expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a))
        expect(new Set(hits.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(hits.length)
        for (const hit of hits) {
          const edges = hit.nameRanges.flat()
          expect(edges).toEqual(edges.toSorted((a, b) => a - b))
          expect(edges.every((edge) => edge >= 0 && edge <= hit.name.length)).toBe(true)
        }
        expect(index.search(typed, { limit })).toEqual(hits)
      }),
    )
})

test('5,000 fields of an upload are searched within a frame more often than not, also on a busy machine', () => {
  const parts = [
    'customer',
    'order',
    'loyalty',
    'region',
    'first',
    'last',
    'amount',
    'status',
    'campaign',
    'channel',
    'score',
  ]
  const fields = Array.from({ length: 5000 }, (_, at) => ({
    name: `${parts[at % 11]}_${parts[(at * 7 + 3) % 11]}_${(at * 2654435761) % 99991}`,
    description: `The ${parts[(at * 3) % 11]} of the ${parts[(at * 5) % 11]} as of day ${at % 365}.`,
  }))
  const upload: SearchableSource = {
    name: 'crm',
    title: 'Customers',
    description: '',
    category: 'Uploads',
    tags: [],
    fields,
  }
  const large = createSearchIndex([...dataSources, upload])
  const texts = [
    'c',
    'cu',
    'customer',
    'custmer_region',
    'loyalty region 12',
    'a',
    'amuont',
    'campaign_id',
    'zzzzzz',
    'statsu score',
  ]
  const times = Array.from({ length: 200 }, (_, at) => {
    // The time of this thread, so that other tests beside it do not count.
    const begin = process.threadCpuUsage()
    large.search(texts[at % texts.length] ?? '')
    const { user, system } = process.threadCpuUsage(begin)
    return (user + system) / 1000
  }).toSorted((a, b) => a - b)
  expect(times[100]).toBeLessThan(16)
  expect(
    names(large.search('custmer_region', { limit: 5 })).filter(
      (name) => !/customer/.test(name) || !/region/.test(name),
    ),
  ).toEqual([])
})

test('a text is highlighted by the same rules as a name', () => {
  const text = 'Ad cost of the event, in microcents'
  const words = (searched: string) => rangesOf(text, searched).map(([from, to]) => text.slice(from, to))
  expect(words('microcents cost')).toEqual(['cost', 'microcents'])
  expect(words('micorcents')).toEqual(['microcents'])
  expect(words('clicks')).toEqual([])
})
