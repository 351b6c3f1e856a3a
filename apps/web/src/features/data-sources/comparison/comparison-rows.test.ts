import { loadCatalogue } from '@recomamp/amc-catalogue'
import { compareSources } from '@recomamp/amc-catalogue/compare'
import { expect, test } from 'vitest'
import { fieldGroups, waysToJoin } from './comparison-rows.ts'

const { dataSources, relationships } = loadCatalogue()
const compared = (...names: string[]) => {
  const comparison = compareSources(
    names.flatMap((name) => dataSources.find((source) => source.name === name) ?? []),
    relationships,
  )
  return { ...comparison, sources: comparison.sources.map((source) => ({ ...source, place: null })) }
}
const heads = (groups: ReturnType<typeof fieldGroups>) => groups.map(({ key, fields }) => `${key}: ${fields.length}`)

test('S-099: fields are grouped by where they exist; what is the same appears only when asked for', () => {
  const three = compared('dsp_impressions', 'dsp_clicks', 'dsp_views')
  const differing = fieldGroups(three, {})
  expect(differing.map(({ key }) => key).slice(0, 3)).toEqual(['0', '1', '2'])
  expect(differing.flatMap(({ fields }) => fields).length).toBe(three.fields.filter(({ same }) => !same).length)
  const all = fieldGroups(three, { diff: 0 })
  expect(all.flatMap(({ fields }) => fields)).toHaveLength(three.fields.length)
  expect(all.at(-1)?.kind).toBe('same')
})

test('S-099: conflicts of type or class stand in a group of their own, and filters look at any of the sources', () => {
  const dates = compared('dsp_impressions', 'sponsored_ads_traffic')
  const conflicts = fieldGroups(dates, {}).find(({ kind }) => kind === 'different')
  expect(conflicts?.fields.map(({ name }) => name)).toContain('matched_behavior_segment_ids')
  expect(heads(fieldGroups(dates, { q: 'spend' }))).toEqual(['1: 1'])
  expect(heads(fieldGroups(dates, { q: 'total cost' }))).toEqual(['0: 1'])
  expect(fieldGroups(dates, { role: 'metric' }).flatMap(({ fields }) => fields).length).toBeGreaterThan(5)
})

test('S-099: what is documented about a join stands before the keys that a pair merely has in common', () => {
  expect(waysToJoin(compared('dsp_impressions', 'dsp_views').joins)).toMatchObject([
    { from: 0, to: 1, keys: 'request_tag = impression_id', known: { cardinality: 'one-to-many' } },
    { from: 0, to: 1, keys: 'user_id, campaign_id, campaign_id_string, line_item_id', known: null },
  ])
})
