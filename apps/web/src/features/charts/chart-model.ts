import type { ChartData, ChartDescription, ChartKey } from '@recomamp/contracts'
import { numberOf } from './chart-values.ts'

/** Points along one axis, in lines or bars. */
export interface AxisModel {
  at: ChartKey[]
  series: {
    /** The value of the column of series; null where each measure is a series. */
    key: ChartKey | null
    measure: number
    values: (number | null)[]
    /** What of each value comes from rows in which Amazon hid something. */
    filtered: number[]
  }[]
}

/** The points of a chart as series along the values of its first key. */
export function axisModel({ points, measures, keys }: ChartData): AxisModel {
  const at = distinct(points.flatMap(({ keys: [first] }) => (first === undefined ? [] : [first])))
  const placeOf = new Map(at.map((key, place) => [idOf(key), place]))
  const wanted: { key: ChartKey | null; measure: number }[] =
    keys.length > 1
      ? distinct(points.flatMap(({ keys: [, second] }) => (second === undefined ? [] : [second])))
          .toSorted((a, b) => rank(a) - rank(b))
          .map((key) => ({ key, measure: 0 }))
      : measures.map((_, measure) => ({ key: null, measure }))
  return {
    at,
    series: wanted.map(({ key, measure }) => {
      const values: (number | null)[] = at.map(() => null)
      const filtered = at.map(() => 0)
      for (const point of points) {
        const [first, second] = point.keys
        if (key !== null && (second === undefined || idOf(second) !== idOf(key))) continue
        const place = first === undefined ? undefined : placeOf.get(idOf(first))
        if (place === undefined) continue
        values[place] = numberOf(point.values[measure])
        filtered[place] = numberOf(point.filtered[measure]) ?? 0
      }
      return { key, measure, values, filtered }
    }),
  }
}

/** Values in the order of their first point, then what has none of its own. */
function rank(key: ChartKey): number {
  return ['value', 'null', 'filtered', 'other'].indexOf(key.is)
}

/** A key as one text that tells it from all others. */
export function idOf(key: ChartKey): string {
  return key.is === 'value' ? `v${key.text}` : key.is
}

function distinct(keys: readonly ChartKey[]): ChartKey[] {
  return [...new Map(keys.map((key) => [idOf(key), key])).values()]
}

/** The steps of a path as AMC writes arrays, `[[1, DSP], [2, SP]]`, or with a separator between them. */
export function pathSteps(text: string): string[] {
  const trimmed = text.trim()
  if (trimmed.startsWith('[')) {
    const inner = trimmed.slice(1, -1)
    const rows = [...inner.matchAll(/\[([^[\]]*)\]/g)].map(([, row = '']) => row)
    const items = rows.length > 0 ? rows.map((row) => row.replace(/^\s*\d+\s*,\s*/, '')) : inner.split(',')
    return items.map((item) => item.trim()).filter((item) => item !== '')
  }
  const separator = [' > ', ' -> ', ' → ', '>', ' | ', ' + ', ' & ', ',', ';'].find((one) => trimmed.includes(one))
  return (separator === undefined ? [trimmed] : trimmed.split(separator))
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

export interface FlowModel {
  nodes: { depth: number; name: string; other: boolean }[]
  links: { from: number; to: number; value: number }[]
}

/** More in one column of a flow cannot be told apart. */
const nodesPerDepth = 8
const deepest = 6

/** Paths as flows between steps; at each step the smaller ones are one. A path of one step is a node without a flow. */
export function flowModel(
  { points }: ChartData,
  chart: Extract<ChartDescription, { kind: 'sankey' }>,
  other: string,
): FlowModel {
  const paths = points.map((point) => ({
    steps: (chart.steps.length > 1
      ? point.keys.map((key) => (key.is === 'value' ? key.text : key.is))
      : stepsOf(point.keys[0])
    ).slice(0, deepest),
    value: numberOf(point.values[0]) ?? 0,
  }))
  const totals = new Map<string, number>()
  for (const { steps, value } of paths)
    steps.forEach((step, depth) => totals.set(nodeId(depth, step), (totals.get(nodeId(depth, step)) ?? 0) + value))
  const kept = new Set(
    Array.from({ length: deepest }, (_, depth) =>
      [...totals]
        .filter(([id]) => id.startsWith(`${depth} `))
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, nodesPerDepth)
        .map(([id]) => id),
    ).flat(),
  )
  const nodes: FlowModel['nodes'] = []
  const indexOf = new Map<string, number>()
  const links = new Map<string, FlowModel['links'][number]>()
  const node = (depth: number, step: string): number => {
    const isKept = kept.has(nodeId(depth, step))
    const id = isKept ? nodeId(depth, step) : `${depth}`
    const known = indexOf.get(id)
    if (known !== undefined) return known
    indexOf.set(id, nodes.length)
    return nodes.push({ depth, name: isKept ? step : other, other: !isKept }) - 1
  }
  for (const { steps, value } of paths) {
    if (value <= 0) continue
    const places = steps.map((step, depth) => node(depth, step))
    places.slice(1).forEach((to, at) => {
      const from = places[at] ?? 0
      const link = links.get(`${from} ${to}`) ?? { from, to, value: 0 }
      link.value += value
      links.set(`${from} ${to}`, link)
    })
  }
  return { nodes, links: [...links.values()] }
}

function nodeId(depth: number, step: string): string {
  return `${depth} ${step}`
}

function stepsOf(key: ChartKey | undefined): string[] {
  return key?.is === 'value' ? pathSteps(key.text) : key === undefined ? [] : [key.is]
}

export interface OverlapModel {
  /** The largest first. */
  sets: { name: string; total: number }[]
  /** Who is in exactly these sets; the largest first, at most 20, without those in none. */
  parts: { in: number[]; value: number }[]
}

const mostSets = 8
const mostParts = 20

/** Which sets overlap by how much. */
export function overlapModel({ points, keys }: ChartData): OverlapModel {
  const rows = points.map((point) => ({
    names:
      keys.length > 1
        ? keys.filter((_, at) => isYes(point.keys[at])).map(({ name }) => name)
        : [...new Set(stepsOf(point.keys[0]))],
    value: numberOf(point.values[0]) ?? 0,
  }))
  const totals = new Map<string, number>()
  for (const { names, value } of rows) for (const name of names) totals.set(name, (totals.get(name) ?? 0) + value)
  const sets = [...totals]
    .map(([name, total]) => ({ name, total }))
    .toSorted((a, b) => b.total - a.total)
    .slice(0, mostSets)
  const parts = new Map<string, OverlapModel['parts'][number]>()
  for (const { names, value } of rows) {
    const inside = sets.flatMap(({ name }, at) => (names.includes(name) ? [at] : []))
    if (inside.length === 0) continue
    const part = parts.get(inside.join()) ?? { in: inside, value: 0 }
    part.value += value
    parts.set(inside.join(), part)
  }
  return { sets, parts: [...parts.values()].toSorted((a, b) => b.value - a.value).slice(0, mostParts) }
}

function isYes(key: ChartKey | undefined): boolean {
  return key?.is === 'value' && /^(true|1|yes|y|t)$/i.test(key.text)
}
