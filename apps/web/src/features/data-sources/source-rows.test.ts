import { createSearchIndex } from '@recomamp/amc-catalogue/search'
import type { DataSourceSummary } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { sourceRows } from './source-rows.ts'

const source = (name: string, description: string): DataSourceSummary => ({
  name,
  title: name.replaceAll('_', ' '),
  category: 'DSP events',
  description,
  rowIs: null,
  kind: 'fact',
  timeColumn: null,
  audienceVariant: null,
  availability: null,
  lookbackNote: null,
  joinKeys: [],
  keyFields: [],
  tags: [],
  documented: true,
  onInstance: null,
  retired: false,
  counts: {
    fields: 1,
    dimensions: 0,
    metrics: 1,
    examples: 0,
    thresholds: { NONE: 1, LOW: 0, MEDIUM: 0, HIGH: 0, VERY_HIGH: 0, INTERNAL: 0 },
  },
})

const sources = [
  source('dsp_clicks', 'Clicks on ads, which Amazon counts when a person presses one; viewability lies elsewhere.'),
  source('dsp_views', 'One row for each event.'),
]
const described: Record<string, string> = { bid: 'The bid, in millicents', views: 'How many' }
const index = createSearchIndex(
  sources.map((source, at) => {
    const name = at === 0 ? 'bid' : 'views'
    return { ...source, fields: [{ name, description: described[name] ?? '' }] }
  }),
)
const rows = (text: string) =>
  sourceRows(
    sources,
    () => index,
    text,
    (_, field) => described[field] ?? '',
  ).flatMap((row) => (row.kind === 'source' ? [row] : []))
const marked = (row: ReturnType<typeof rows>[number] | undefined) =>
  row?.excerpt?.ranges.map(([from, to]) => row.excerpt?.text.slice(from, to))

test('S-003: what only a description explains is marked in it, from a little before the match on', () => {
  const [clicks] = rows('viewability')
  expect(marked(clicks)).toEqual(['viewability'])
  expect(clicks?.excerpt?.text).toMatch(/^… .{10,40}viewability/)
  const [bid] = rows('millicents')
  expect(bid?.excerpt?.text).toBe('The bid, in millicents')
  expect(marked(bid)).toEqual(['millicents'])
})

test('a match in a name needs no excerpt', () => {
  expect(rows('views')[0]).toMatchObject({ key: 'dsp_views', excerpt: null })
})
