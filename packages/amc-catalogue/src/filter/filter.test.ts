import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { subjectOf, subjects } from '../fields/subjects.ts'
import { loadCatalogue } from '../files/load-catalogue.ts'
import { columnTypes, thresholds, units } from '../schema.ts'
import type { FilterCondition, SourceFilter } from './filter.ts'
import { helpfulRemoval, withoutCondition } from './helpful-removal.ts'
import { matchesFilter } from './match-filter.ts'
import { filterText, parseFilter, parseFilterText } from './parse-filter.ts'

const { dataSources } = loadCatalogue()
const names = dataSources.map(({ name }) => name)
const nowhere = { available: null }
const passing = (filter: SourceFilter, available: ReadonlySet<string> | null = null) =>
  dataSources.filter((source) => matchesFilter(filter, source, { available })).map(({ name }) => name)
const errors = (value: unknown) => {
  const parsed = parseFilter(value)
  return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`)
}

describe('conditions', () => {
  test.each<[string, FilterCondition, string[]]>([
    [
      'which tables hold new_to_brand',
      { property: 'field', is: 'there', with: { name: { is: 'equal', text: 'new_to_brand' } } },
      [
        'amazon_attributed_events_by_conversion_time',
        'amazon_attributed_events_by_traffic_time',
        'conversions',
        'conversions_all',
        'conversions_with_relevance',
      ],
    ],
    [
      'money in microcents of sponsored ads',
      { property: 'field', is: 'there', with: { unit: ['microcents'], name: { is: 'equal', text: 'spend' } } },
      ['sponsored_ads_traffic'],
    ],
    [
      'a category',
      { property: 'category', is: 'one-of', values: ['Amazon Live', 'Sponsored ads'] },
      ['amazon_live_traffic', 'sponsored_ads_traffic'],
    ],
    ['a tag', { property: 'tag', is: 'one-of', values: ['cpg'] }, ['ncs_cpg_insights_stream']],
    ['a name or title', { property: 'name', is: 'containing', text: 'foursquare store' }, ['foursquare_visits']],
    ['retired', { property: 'retired', value: true }, names.filter((name) => name.startsWith('adserver_'))],
    ['no fields', { property: 'field-count', is: 'at-most', count: 0 }, ['foursquare_visits']],
    [
      'many metrics',
      { property: 'field-count', role: 'metric', is: 'at-least', count: 100 },
      ['amazon_attributed_events_by_conversion_time', 'amazon_attributed_events_by_traffic_time'],
    ],
    [
      'one field of that type and that threshold',
      { property: 'field', is: 'there', with: { dataType: ['DECIMAL'], threshold: ['MEDIUM'] } },
      ['amazon_pvc_streaming_events_feed'],
    ],
  ])('%s', (_, condition, expected) => {
    expect(passing(condition)).toEqual(expected)
  })

  test('a field must fit as one: an array here and a video metric there are no array about video', () => {
    const dataType = passing({ property: 'field', is: 'there', with: { dataType: ['ARRAY'] } })
    const subject = passing({ property: 'field', is: 'there', with: { subject: ['video'] } })
    expect(dataType.filter((name) => subject.includes(name))).toContain('dsp_video_events_feed')
    expect(passing({ property: 'field', is: 'there', with: { dataType: ['ARRAY'], subject: ['video'] } })).toEqual([])
  })

  test('availability is that of the chosen instance, and restricts nothing where none is known', () => {
    const filter: SourceFilter = { property: 'available', value: true }
    expect(passing(filter, new Set(['dsp_clicks', 'my_upload']))).toEqual(['dsp_clicks'])
    expect(passing({ ...filter, value: false }, new Set(['dsp_clicks']))).toHaveLength(41)
    expect(passing(filter)).toEqual(names)
    expect(passing({ any: [filter, { property: 'tag', is: 'one-of', values: ['cpg'] }] })).toEqual([
      'ncs_cpg_insights_stream',
    ])
  })
})

test('S-098: groups of all and any nest, four deep, and filter as they read', () => {
  const filter: SourceFilter = {
    all: [
      { property: 'retired', value: false },
      {
        any: [
          { property: 'tag', is: 'one-of', values: ['dsp'] },
          {
            all: [
              { property: 'field', is: 'there', with: { subject: ['sales'] } },
              {
                any: [
                  { property: 'field-count', is: 'at-least', count: 200 },
                  { property: 'name', is: 'containing', text: 'retail' },
                ],
              },
            ],
          },
        ],
      },
    ],
  }
  const sources = dataSources.filter(
    ({ name, tags, fields, deprecated }) =>
      deprecated !== true &&
      (tags.includes('dsp') ||
        (fields.some((field) => subjectOf(field.name) === 'sales') &&
          (fields.length >= 200 || name.includes('retail')))),
  )
  expect(sources).toHaveLength(9)
  expect(passing(filter)).toEqual(sources.map(({ name }) => name))
})

const text = fc.stringMatching(/^[a-z_é"&%]{1,8}$/)
const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
const membership = fc.constantFrom('one-of' as const, 'none-of' as const)
const condition: fc.Arbitrary<FilterCondition> = fc.oneof(
  fc.record({
    property: fc.constant('name' as const),
    is: fc.constantFrom('containing' as const, 'not-containing' as const),
    text,
  }),
  fc.record({
    property: fc.constant('category' as const),
    is: membership,
    values: some(dataSources.map(({ category }) => category)),
  }),
  fc.record({
    property: fc.constant('tag' as const),
    is: membership,
    values: some(dataSources.flatMap(({ tags }) => tags)),
  }),
  fc.record({ property: fc.constant('kind' as const), is: membership, values: some(['fact', 'dimension'] as const) }),
  fc.record({
    property: fc.constantFrom('audience-variant' as const, 'retired' as const, 'available' as const),
    value: fc.boolean(),
  }),
  fc.record({
    property: fc.constant('field' as const),
    is: fc.constantFrom('there' as const, 'not-there' as const),
    with: fc.record(
      {
        name: fc.constant({ is: 'containing' as const, text: 'a' }),
        dataType: some(columnTypes),
        role: fc.constantFrom('dimension' as const, 'metric' as const),
        threshold: some(thresholds),
        unit: some(units),
        subject: some(subjects),
      },
      { requiredKeys: ['dataType'] },
    ),
  }),
)
const { filter: anyFilter } = fc.letrec<{ filter: SourceFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }),
  ),
}))

test('whatever the filter is: an address carries it and gives it back', () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      const address = new URL('https://example.test/data-sources')
      address.searchParams.set('filter', filterText(filter))
      const back = new URL(address.href).searchParams.get('filter') ?? ''
      expect(parseFilterText(back)).toEqual({ ok: true, filter })
    }),
  )
})

test('whatever the condition is: a source passes it or its opposite', () => {
  fc.assert(
    fc.property(condition, fc.constantFrom(...dataSources), (one, source) => {
      const context = { available: new Set(['dsp_clicks']) }
      expect(matchesFilter(one, source, context)).not.toBe(matchesFilter(opposite(one), source, context))
    }),
  )
})

test('whatever the members are: all passes what each passes, any what one passes', () => {
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...dataSources),
      (list, source) => {
        const context = { available: new Set(['dsp_clicks']) }
        const each = list.map((one) => matchesFilter(one, source, context))
        expect(matchesFilter({ all: list }, source, context)).toBe(!each.includes(false))
        expect(matchesFilter({ any: list }, source, context)).toBe(each.includes(true))
      },
    ),
  )
})

test('groups without members restrict nothing, wherever they stand', () => {
  for (const filter of [{ all: [] }, { any: [] }, { all: [{ any: [] }] }] satisfies SourceFilter[])
    expect(passing(filter)).toEqual(names)
  const cpg: SourceFilter = { property: 'tag', is: 'one-of', values: ['cpg'] }
  expect(passing({ any: [cpg, { all: [] }] })).toEqual(['ncs_cpg_insights_stream'])
})

describe('what is wrong is told with its place', () => {
  test.each<[unknown, string[]]>([
    [7, [': must be a group {"all": […]} or {"any": […]}, or a condition with a "property"']],
    [
      { all: [{ any: [{ property: 'colour' }] }] },
      [
        'all[0].any[0].property: must be one of "name"|"category"|"tag"|"kind"|"audience-variant"|"retired"|"available"|"field-count"|"field"',
      ],
    ],
    [{ all: [{ property: 'tag', is: 'one-of', values: [] }] }, ['all[0].values: must name at least one']],
    [{ all: [{ property: 'tag', is: 'one-of' }] }, ['all[0].values: is missing: it must be a list']],
    [{ property: 'kind', is: 'one-of', values: ['view'] }, ['values[0]: must be one of "fact"|"dimension"']],
    [{ property: 'retired', value: 'yes' }, ['value: must be boolean, received string']],
    [{ property: 'retired', value: true, is: 'so' }, ['is: is not known here']],
    [{ any: [{ property: 'field', is: 'there', with: {} }] }, ['any[0].with: must say something of the field']],
    [
      { any: [{ property: 'field', is: 'there', with: { unit: ['euro'] } }] },
      ['any[0].with.unit[0]: must be one of "microcents"|"millicents"|"currency"|"seconds"|"hours"|"unitless"'],
    ],
    [{ all: [], any: [] }, [': must have nothing beside "all", but has "any"']],
    [{ any: 'x' }, ['any: must be a list']],
    [
      { all: [{ all: [{ all: [{ all: [{ all: [] }] }] }] }] },
      ['all[0].all[0].all[0].all[0]: must not stand deeper than 4 groups'],
    ],
    [
      {
        all: [
          { property: 'name', is: 'containing', text: ' ' },
          { property: 'field-count', is: 'at-least', count: -1 },
        ],
      },
      ['all[0].text: must not be empty', 'all[1].count: must be 0 or more'],
    ],
  ])('%j', (value, expected) => {
    expect(errors(value)).toEqual(expected)
  })

  test('a text that is no filter, and one with too many conditions', () => {
    expect(parseFilterText('{"all":')).toEqual({
      ok: false,
      errors: [{ path: '', message: 'is no filter: the text is cut off or was changed' }],
    })
    const many = { all: Array.from({ length: 101 }, () => ({ property: 'retired', value: true })) }
    expect(errors(many)).toEqual([': must have at most 100 conditions'])
  })

  test('nothing that comes from outside makes it throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        expect(() => parseFilter(value)).not.toThrow()
        expect(() => parseFilterText(text)).not.toThrow()
      }),
    )
  })
})

test('where nothing passes, the condition is named without which the most would', () => {
  const filter: SourceFilter = {
    all: [
      { property: 'tag', is: 'one-of', values: ['dsp'] },
      {
        all: [
          { property: 'retired', value: false },
          { property: 'field-count', is: 'at-least', count: 1000 },
        ],
      },
    ],
  }
  expect(passing(filter)).toEqual([])
  expect(helpfulRemoval(filter, dataSources, nowhere)).toEqual({ path: [1, 1], matches: 6 })
  expect(withoutCondition(filter, [1, 1])).toEqual({
    all: [{ property: 'tag', is: 'one-of', values: ['dsp'] }, { all: [{ property: 'retired', value: false }] }],
  })
  const twice: SourceFilter = {
    all: [
      { property: 'retired', value: true },
      { property: 'retired', value: false },
    ],
  }
  expect(helpfulRemoval({ all: [twice, twice] }, dataSources, nowhere)).toBeNull()
  expect(helpfulRemoval({ property: 'name', is: 'containing', text: 'zzz' }, dataSources, nowhere)).toEqual({
    path: [],
    matches: 42,
  })
})

function opposite(one: FilterCondition): FilterCondition {
  switch (one.property) {
    case 'name':
      return { ...one, is: one.is === 'containing' ? 'not-containing' : 'containing' }
    case 'category':
    case 'tag':
    case 'kind':
      return { ...one, is: one.is === 'one-of' ? 'none-of' : 'one-of' }
    case 'audience-variant':
    case 'retired':
    case 'available':
      return { ...one, value: !one.value }
    case 'field':
      return { ...one, is: one.is === 'there' ? 'not-there' : 'there' }
    case 'field-count':
      throw new Error('not among those that are generated')
  }
}

test('S-048: what nobody says of an uploaded table fits no condition on it, and every condition against it', () => {
  const field = { name: 'points', dataType: null, columnType: null, aggregationThreshold: null }
  const upload = {
    name: 'crm_members',
    title: 'crm_members',
    category: 'Your uploads',
    tags: [],
    kind: null,
    audienceVariant: null,
    fields: [field],
  }
  const passes = (filter: SourceFilter) => matchesFilter(filter, upload, nowhere)
  for (const kinds of [['fact'], ['dimension'], ['fact', 'dimension']] as const) {
    expect(passes({ property: 'kind', is: 'one-of', values: [...kinds] })).toBe(false)
    expect(passes({ property: 'kind', is: 'none-of', values: [...kinds] })).toBe(true)
  }
  expect(passes({ property: 'field', is: 'there', with: { threshold: [...thresholds] } })).toBe(false)
  expect(passes({ property: 'field', is: 'there', with: { dataType: [...columnTypes] } })).toBe(false)
  expect(passes({ property: 'field', is: 'not-there', with: { unit: [...units] } })).toBe(true)
  expect(passes({ property: 'field-count', role: 'metric', is: 'at-least', count: 1 })).toBe(false)
  expect(passes({ property: 'field', is: 'there', with: { name: { is: 'equal', text: 'points' } } })).toBe(true)
})
