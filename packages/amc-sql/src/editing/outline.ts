import type { Relation, ResolvedBody, ResolvedCte } from '../resolve/resolution.ts'
import type { Schema } from '../schema.ts'
import type { Range } from '../tree.ts'
import { thresholdName, typeText } from './describe.ts'
import { originInBody, originInCte, type Origin } from './origin.ts'
import { readingOf } from './reading.ts'

/** A part of a text; `from` to `to` is the whole part. */
export interface OutlineNode extends Range {
  kind: 'cte' | 'result' | 'branch' | 'column'
  /** `result` for the main query, the first table of a branch, '' for a column or a part without a name. */
  name: string
  /** What a query reads; the type and class of a column. */
  detail: string
  /** What to select when the node is chosen: the name of a WITH part or column, else the first word of the part. */
  selection: Range
  children: OutlineNode[]
}

/** The WITH parts of a text with their columns, then its result; a query of several branches has a node for each of them. */
export function outline(text: string, schema: Schema): OutlineNode[] {
  const { query } = readingOf(text, schema).resolution
  if (query === null) return []
  const { body, relation } = query
  const { from, to } = body.node
  return [
    ...query.ctes.map(cteNode),
    {
      kind: 'result',
      name: 'result',
      detail: readBy(body),
      from,
      to: Math.max(to, query.node.to),
      selection: firstWord(body),
      children: [...columnNodes(relation, (index) => originInBody(body, index)), ...branchNodes(body)],
    },
  ]
}

function cteNode(cte: ResolvedCte): OutlineNode {
  const { node, name, query, relation } = cte
  return {
    kind: 'cte',
    name,
    detail: readBy(query.body),
    from: node.from,
    to: node.to,
    selection: { from: node.name.from, to: node.name.to },
    children: [
      ...query.ctes.map(cteNode),
      ...columnNodes(relation, (index) => originInCte(cte, index)),
      ...branchNodes(query.body),
    ],
  }
}

function columnNodes(relation: Relation, originOf: (index: number) => Origin | null): OutlineNode[] {
  return relation.columns.flatMap((column, index) => {
    const origin = originOf(index)
    if (origin === null || origin.kind === 'catalogue') return []
    const { range, selection } = placesOf(origin)
    const name = column.name.startsWith('EXPR$') ? '' : column.name
    const detail = [typeText(column.type), thresholdName(column.threshold)].filter((fact) => fact !== '').join(' · ')
    return [{ kind: 'column', name, detail, ...range, selection, children: [] }]
  })
}

function placesOf(origin: Exclude<Origin, { kind: 'catalogue' }>): { range: Range; selection: Range } {
  const whole = origin.kind === 'listed' ? origin.name : origin.item
  const named = origin.kind === 'listed' ? origin.name : (origin.item.alias ?? origin.item.expression)
  return { range: { from: whole.from, to: whole.to }, selection: { from: named.from, to: named.to } }
}

function branchNodes(body: ResolvedBody): OutlineNode[] {
  if (body.kind === 'parenthesized') return branchNodes(body.query.body)
  if (body.kind !== 'union') return []
  return body.branches.map((branch, at) => ({
    kind: 'branch',
    name: readBy(branch) || `branch ${at + 1}`,
    detail: branch.kind === 'values' ? 'VALUES' : 'SELECT',
    from: branch.node.from,
    to: branch.node.to,
    selection: firstWord(branch),
    children: branchNodes(branch),
  }))
}

/** The names of what a query reads, in order. */
function readBy(body: ResolvedBody): string {
  switch (body.kind) {
    case 'values':
      return ''
    case 'parenthesized':
      return readBy(body.query.body)
    case 'union':
      return [...new Set(body.branches.map(readBy))].filter((names) => names !== '').join(', ')
    case 'select':
      return body.sources
        .map(({ from, alias }) => {
          if (from.kind === 'table') return from.table.name
          return from.kind === 'cte' ? from.cte.name : alias
        })
        .filter((name) => name !== '')
        .join(', ')
  }
}

function firstWord(body: ResolvedBody): Range {
  const { from, to } = body.node
  // SELECT and VALUES have six letters; a parenthesis stands for itself.
  return { from, to: Math.min(to, from + (body.kind === 'parenthesized' ? 1 : 6)) }
}
