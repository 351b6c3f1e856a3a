import type { DataSourceComparison } from '@recomamp/contracts'
import type { ComparisonSearch } from './comparison-search.ts'

type ComparedField = DataSourceComparison['fields'][number]

/** Fields that exist in the same of the compared sources. */
export interface FieldGroup {
  key: string
  /** Places of the sources that have these fields; all of them where it is about their differences or sameness. */
  holders: readonly number[]
  kind: 'some' | 'different' | 'same'
  fields: readonly ComparedField[]
}

/** The shown fields grouped by where they exist: in one source only, in some, in all but different, in all alike. */
export function fieldGroups(
  { sources, fields }: Pick<DataSourceComparison, 'sources' | 'fields'>,
  { q = '', role, class: threshold, diff }: ComparisonSearch,
): FieldGroup[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = fields.filter(
    ({ name, cells, same }) =>
      (diff === 0 || !same) &&
      words.every((word) => name.includes(word)) &&
      (role === undefined || cells.some((cell) => cell?.role === role)) &&
      (threshold === undefined || cells.some((cell) => cell?.threshold === threshold)),
  )
  const keyOf = ({ cells, same }: ComparedField) => {
    const holders = cells.flatMap((cell, at) => (cell === null ? [] : [at]))
    return holders.length < sources.length ? holders.join(' ') : same ? 'same' : 'different'
  }
  return [...Map.groupBy(shown, keyOf)]
    .map(([key, members]): FieldGroup => {
      const kind = key === 'same' || key === 'different' ? key : 'some'
      return { key, kind, holders: kind === 'some' ? key.split(' ').map(Number) : [...sources.keys()], fields: members }
    })
    .toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1))
}

/** What few sources have comes first, what all have alike last. */
function rank({ kind, holders }: FieldGroup): number {
  return kind === 'some' ? holders.length : kind === 'different' ? 10 : 11
}

type Join = DataSourceComparison['joins'][number]

/** The documented joins of each pair of sources, then in one line the keys that the pair merely has in common. */
export function waysToJoin(joins: readonly Join[]): (Pick<Join, 'from' | 'to' | 'known'> & { keys: string })[] {
  const keysOf = ({ on }: Join) => on.map(({ from, to }) => (from === to ? from : `${from} = ${to}`)).join(' + ')
  const pairs = Map.groupBy(joins, ({ from, to }) => `${from} ${to}`)
  return [...pairs.values()].flatMap((ofPair) => {
    const documented = ofPair.filter(({ known }) => known !== null)
    const merely = ofPair.filter(({ known }) => known === null)
    const [first] = merely
    return [
      ...documented.map(({ from, to, known, ...join }) => ({
        from,
        to,
        known,
        keys: keysOf({ from, to, known, ...join }),
      })),
      ...(first === undefined
        ? []
        : [{ from: first.from, to: first.to, known: null, keys: merely.map(keysOf).join(', ') }]),
    ]
  })
}
