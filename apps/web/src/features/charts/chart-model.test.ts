import type { ChartData, ChartKey, ChartPoint, ResultColumn } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { axisModel, flowModel, overlapModel, pathSteps } from './chart-model.ts'
import { formatOf, inCurrency, keyText } from './chart-values.ts'

const column = (name: string, dataType = 'STRING'): ResultColumn => ({ name, dataType, columnType: 'DIMENSION' })

function data(keys: string[], points: [string[], number, number?][]): ChartData {
  const read = (text: string): ChartKey =>
    text === 'other' || text === 'filtered' ? { is: text } : { is: 'value', text }
  return {
    keys: keys.map((name) => column(name)),
    measures: [{ column: column('users', 'LONG'), aggregate: 'sum', money: null }],
    points: points.map(([texts, value, filtered]): ChartPoint => ({
      keys: texts.map(read),
      values: [String(value)],
      filtered: filtered === undefined ? [] : [String(filtered)],
      rows: 1,
    })),
    grain: null,
    step: null,
    folded: keys.map(() => 0),
    matchingCount: points.length,
    drawnCount: points.length,
    isAggregated: false,
  }
}

test('series stand along the first key, a missing point is no zero, and other comes last', () => {
  const model = axisModel(
    data(
      ['day', 'campaign'],
      [
        [['1', 'other'], 4],
        [['1', 'B'], 2, 1],
        [['2', 'A'], 3],
      ],
    ),
  )
  expect(model.at).toEqual([
    { is: 'value', text: '1' },
    { is: 'value', text: '2' },
  ])
  expect(model.series).toEqual([
    { key: { is: 'value', text: 'B' }, measure: 0, values: [2, null], filtered: [1, 0] },
    { key: { is: 'value', text: 'A' }, measure: 0, values: [null, 3], filtered: [0, 0] },
    { key: { is: 'other' }, measure: 0, values: [4, null], filtered: [0, 0] },
  ])
})

test.each([
  ['[[1, Fernhill | Display], [2, SP]]', ['Fernhill | Display', 'SP']],
  ['[DSP, SP]', ['DSP', 'SP']],
  ['DSP > SP > SB', ['DSP', 'SP', 'SB']],
  ['DSP, SP', ['DSP', 'SP']],
  ['DSP', ['DSP']],
  ['[]', []],
])('the path %s has the steps %j', (text, steps) => {
  expect(pathSteps(text)).toEqual(steps)
})

test('paths flow from step to step, and what is small at a step is one', () => {
  const many = Array.from({ length: 12 }, (_, at): [string[], number] => [[`[[1, S${at}], [2, End]]`], 100 - at])
  const model = flowModel(data(['path'], [...many, [['[[1, S0]]'], 5]]), { kind: 'sankey', steps: ['path'] }, 'other')
  expect(model.nodes.filter(({ depth }) => depth === 0)).toHaveLength(9)
  expect(model.links.reduce((sum, { value }) => sum + value, 0)).toBe(many.reduce((sum, [, value]) => sum + value, 0))
  expect(model.nodes.filter(({ other }) => other).map(({ name }) => name)).toEqual(['other'])
})

test('sets overlap by flags and by names, and those in none are not drawn', () => {
  const byFlags = overlapModel(
    data(
      ['dsp', 'sp'],
      [
        [['true', 'false'], 10],
        [['1', '1'], 4],
        [['false', 'false'], 99],
      ],
    ),
  )
  expect(byFlags).toEqual({
    sets: [
      { name: 'dsp', total: 14 },
      { name: 'sp', total: 4 },
    ],
    parts: [
      { in: [0], value: 10 },
      { in: [0, 1], value: 4 },
    ],
  })
  expect(
    overlapModel(
      data(
        ['types'],
        [
          [['[DSP, SP]'], 3],
          [['SP'], 2],
        ],
      ),
    ).sets[0],
  ).toEqual({ name: 'SP', total: 5 })
})

test('values are written as what they are: shares in per cent, money with cents, counts whole', () => {
  const measure = (name: string, dataType = 'DOUBLE') => ({
    column: column(name, dataType),
    aggregate: 'sum' as const,
    money: null,
  })
  expect(formatOf(measure('purchase_rate'), [0.0061, null]).exact(0.0061)).toBe('0.61 %')
  expect(formatOf(measure('ntb_percentage'), [27.7]).exact(27.777)).toBe('27.78 %')
  expect(formatOf(measure('sales'), [1]).exact(3195.7)).toBe('3,195.70')
  expect(formatOf(measure('users', 'LONG'), [1]).exact(48_212)).toBe('48,212')
  expect(formatOf(undefined, [12]).short(12_400)).toBe('12.4K')
  expect(keyText({ is: 'value', text: '2026-11-02' }, column('day', 'DATE'))).toMatch(/^2 Nov/)
  expect(keyText({ is: 'other' }, column('campaign'), 12)).toBe('12 others')
})

test('amounts in units of a currency are drawn in whole ones, with what is hidden of them; all else stays as it is', () => {
  const drawn = data(['campaign'], [[['A'], 325_000_000, 125_000_000]])
  const measure = { column: column('cost', 'LONG'), aggregate: 'sum' as const, money: 'microcents' as const }
  const { measures, points } = inCurrency({ ...drawn, measures: [measure] })
  expect(points[0]).toMatchObject({ values: ['3.25'], filtered: ['1.25'] })
  expect(formatOf(measures[0], [3.25]).exact(3.25)).toBe('3.25')
  expect(inCurrency(drawn)).toBe(drawn)
})

test('a time is read as a day, also where its column only says from when something is', () => {
  const begun = column('week_start', 'TIMESTAMP')
  expect(keyText({ is: 'value', text: '2026-10-12T00:00:00.000' }, begun)).toBe('12 Oct')
})
