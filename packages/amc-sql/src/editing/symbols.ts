import type { Binding, Relation, ResolvedBody, ResolvedJoin, ResolvedQuery, Source } from '../resolve/resolution.ts'
import type { Column, Table } from '../schema.ts'
import type { ColumnReference, Expression, Name, NamedWindow, Range, SelectItem, TableExpression } from '../tree.ts'
import { Classes } from './classes.ts'
import { branchesOf, originInBody, originOf } from './origin.ts'
import type { Reading } from './reading.ts'
import { expressionsOf, selectPlaces, visitExpressions, type SelectPlace } from './selects.ts'
import type { Meaning, Occurrence, Symbols } from './meaning.ts'

const known = new WeakMap<Reading, Symbols>()

/** Every name of a text with what it stands for; a name without meaning is left out. */
export function symbolsOf(reading: Reading): Symbols {
  let symbols = known.get(reading)
  if (symbols === undefined) {
    symbols = new Collector(reading).collect()
    known.set(reading, symbols)
  }
  return symbols
}

/** The name at an offset; at its end it counts too. */
export function occurrenceAt(reading: Reading, offset: number): Occurrence | null {
  return symbolsOf(reading).occurrences.findLast(({ from, to }) => from <= offset && offset <= to) ?? null
}

/** What can be named inside one SELECT, by name in lower case. */
interface Names {
  sources: ReadonlyMap<string, Source>
  windows: ReadonlyMap<string, NamedWindow>
}

/** Walks a resolved text once and writes down every name that it meets. */
class Collector {
  readonly #reading: Reading
  readonly #classes = new Classes()
  readonly #found: Occurrence[] = []
  readonly #amazons = new Map<string, { table: Table; column: Column | null }>()
  readonly #itemsByExpression = new Map<Expression, SelectItem>()
  readonly #itemSymbols = new Map<SelectItem, number | null>()

  constructor(reading: Reading) {
    this.#reading = reading
  }

  collect(): Symbols {
    const { resolution, parameterUses } = this.#reading
    const places = [...selectPlaces(this.#reading).values()]
    for (const { select } of places) for (const item of select.items) this.#itemsByExpression.set(item.expression, item)
    for (const place of places) this.#readSelect(place)
    for (const query of resolution.queries.values()) this.#readQuery(query)
    for (const use of parameterUses) {
      // The braces are not part of the name.
      const range = { from: use.from + 2, to: use.to - 2 }
      this.#add(range, { kind: 'parameter', name: use.name }, this.#classes.numberOf(`{{${use.name}}}`), false)
    }
    for (const occurrence of this.#found) occurrence.symbol = this.#classes.rootOf(occurrence.symbol)
    const amazons = new Map<number, { table: Table; column: Column | null }>()
    for (const [key, what] of this.#amazons) amazons.set(this.#classes.rootOf(this.#classes.numberOf(key)), what)
    this.#found.sort((a, b) => a.from - b.from)
    const occurrences = this.#found.filter((occurrence, at) => occurrence.from !== this.#found[at - 1]?.from)
    return { occurrences, amazons }
  }

  #add(range: Range, meaning: Meaning, symbol: number | null, definition: boolean): void {
    if (symbol === null || range.from >= range.to) return
    this.#found.push({ from: range.from, to: range.to, meaning, symbol, definition })
  }

  #readQuery(query: ResolvedQuery): void {
    for (const cte of query.ctes) {
      this.#add(cte.node.name, { kind: 'cte', cte }, this.#classes.numberOf(cte.node), true)
      this.#readList(cte.node.columns, cte.relation)
    }
    this.#joinBranches(query.body)
    for (const order of query.orderBy) {
      const { expression } = order.node
      if (order.column === null || expression.kind !== 'column') continue
      const origin = originInBody(query.body, order.column)
      if (origin?.kind === 'item')
        this.#add(expression, { kind: 'item', item: origin.item }, this.#symbolOfItem(origin.item), false)
    }
  }

  #readList(names: readonly Name[] | null, relation: Relation): void {
    for (const [index, name] of names?.entries() ?? [])
      this.#add(name, { kind: 'listed', name, relation, index }, this.#classes.numberOf(name), true)
  }

  /** The branches of a UNION give one column together where they use one alias for it. */
  #joinBranches(body: ResolvedBody): void {
    const [first, ...others] = branchesOf(body)
    if (first === undefined) return
    for (const [position, item] of first.items.entries()) {
      if (item.alias === null) continue
      const name = item.alias.text.toLowerCase()
      for (const branch of others) {
        const alias = branch.items[position]?.alias
        if (alias != null && alias.text.toLowerCase() === name)
          this.#classes.join(this.#classes.numberOf(item.alias), this.#classes.numberOf(alias))
      }
    }
  }

  #readSelect(place: SelectPlace): void {
    const { select, query } = place
    const names: Names = {
      // Of two members of FROM with one alias the first counts.
      sources: new Map(select.sources.toReversed().map((source) => [source.alias.toLowerCase(), source])),
      windows: new Map(select.node.windows.map((window) => [window.name.text.toLowerCase(), window])),
    }
    for (const source of select.sources) this.#readSource(source)
    for (const item of select.from) if (item.kind === 'join') this.#readUsing(item)
    for (const item of select.node.items)
      if (item.alias !== null) this.#add(item.alias, { kind: 'item', item }, this.#symbolOfItem(item), true)
    for (const window of select.node.windows) {
      this.#add(window.name, { kind: 'window', window }, this.#classes.numberOf(window), true)
      this.#readBase(window.specification.base, names)
    }
    const roots = expressionsOf(select.node)
    if (query.body === select)
      for (const order of query.orderBy) if (order.column === null) roots.push(order.node.expression)
    for (const root of roots)
      visitExpressions(root, (expression) => {
        this.#readExpression(expression, names)
      })
  }

  #readSource(source: Source): void {
    const { node, from } = source
    if (node.kind === 'join') return
    if (node.alias !== null)
      this.#add(node.alias, { kind: 'relation', source }, this.#classes.numberOf(node.alias), true)
    this.#readList(node.columns, source.relation)
    const range = rangeOfTable(node)
    if (range === null || from.kind === 'query' || from.kind === 'unknown') return
    this.#add(range, meaningOfSource(source), this.#symbolOfTable(source), false)
  }

  /** The names of USING belong to both sides. */
  #readUsing(join: ResolvedJoin): void {
    for (const side of [join.left, join.right]) if (side.kind === 'join') this.#readUsing(side)
    const places = new Map((join.node.using ?? []).toReversed().map((written) => [written.text, written]))
    for (const { name, left, right } of join.using) {
      const [one, other] = [this.#symbolOfBinding(left), this.#symbolOfBinding(right)]
      if (one !== null && other !== null) this.#classes.join(one, other)
      const written = places.get(name)
      const meaning = this.#meaningOfBinding(left)
      if (written !== undefined && meaning !== null) this.#add(written, meaning, one ?? other, false)
    }
  }

  #readBase(base: Name | null, { windows }: Names): void {
    if (base === null) return
    const window = windows.get(base.text.toLowerCase())
    if (window !== undefined) this.#add(base, { kind: 'window', window }, this.#classes.numberOf(window), false)
  }

  #readExpression(expression: Expression, names: Names): void {
    if (expression.kind === 'call' && expression.over !== null) this.#readBase(expression.over.base, names)
    if (expression.kind === 'star') this.#readQualifier(expression.qualifier, names.sources)
    if (expression.kind !== 'column') return
    const binding = this.#reading.resolution.bindings.get(expression)
    // A name of the query around a subquery is bound to a source that is not its own.
    const qualifier = expression.parts.at(-2) ?? null
    if (binding?.kind !== 'column') this.#readQualifier(qualifier, names.sources)
    else if (qualifier?.text.toLowerCase() === binding.source.alias.toLowerCase())
      this.#readAlias(qualifier, binding.source)
    const name = expression.parts.at(-1)
    if (binding === undefined || name === undefined) return
    const meaning = this.#meaningOfBinding(binding)
    if (meaning !== null) this.#add(name, meaning, this.#symbolOfBinding(binding), false)
  }

  #readQualifier(name: Name | null, sources: Names['sources']): void {
    const source = name === null ? undefined : sources.get(name.text.toLowerCase())
    if (name !== null && source !== undefined) this.#readAlias(name, source)
  }

  #readAlias(name: Name, source: Source): void {
    if (source.node.kind === 'join') return
    if (source.node.alias === null) this.#add(name, meaningOfSource(source), this.#symbolOfTable(source), false)
    else this.#add(name, { kind: 'relation', source }, this.#classes.numberOf(source.node.alias), false)
  }

  #meaningOfBinding(binding: Binding): Meaning | null {
    if (binding.kind === 'column') return { kind: 'column', source: binding.source, index: binding.index }
    if (binding.kind === 'merged') return this.#meaningOfBinding(binding.left)
    const item = this.#itemsByExpression.get(binding.expression)
    return item === undefined ? null : { kind: 'item', item }
  }

  #symbolOfBinding(binding: Binding): number | null {
    if (binding.kind === 'merged') return this.#symbolOfBinding(binding.left) ?? this.#symbolOfBinding(binding.right)
    if (binding.kind === 'column') return this.#symbolOfColumn(binding.source, binding.index)
    const item = this.#itemsByExpression.get(binding.expression)
    return item === undefined ? null : this.#symbolOfItem(item)
  }

  #symbolOfColumn(source: Source, index: number): number | null {
    const origin = originOf(source, index)
    if (origin === null) return null
    if (origin.kind === 'listed') return this.#classes.numberOf(origin.name)
    if (origin.kind === 'item') return this.#symbolOfItem(origin.item)
    const key = `${origin.table.name}.${origin.column.name}`
    this.#amazons.set(key, origin)
    return this.#classes.numberOf(key)
  }

  /** An item without an alias passes its column on under the same name. */
  #symbolOfItem(item: SelectItem): number | null {
    if (item.alias !== null) return this.#classes.numberOf(item.alias)
    const found = this.#itemSymbols.get(item)
    if (found !== undefined) return found
    // Set first, because a text in error may lead back here.
    this.#itemSymbols.set(item, null)
    const binding = item.expression.kind === 'column' ? this.#bindingOf(item.expression) : undefined
    const symbol = binding === undefined ? null : this.#symbolOfBinding(binding)
    this.#itemSymbols.set(item, symbol)
    return symbol
  }

  #bindingOf(expression: ColumnReference): Binding | undefined {
    return this.#reading.resolution.bindings.get(expression)
  }

  #symbolOfTable({ from }: Source): number | null {
    if (from.kind === 'cte') return this.#classes.numberOf(from.cte.node)
    if (from.kind !== 'table') return null
    this.#amazons.set(from.table.name, { table: from.table, column: null })
    return this.#classes.numberOf(from.table.name)
  }
}

function meaningOfSource(source: Source): Meaning {
  if (source.from.kind === 'cte') return { kind: 'cte', cte: source.from.cte }
  if (source.from.kind === 'table') return { kind: 'table', table: source.from.table, source }
  return { kind: 'relation', source }
}

/** Where the name of a table stands, also inside the quotes of EXTEND_TIME_WINDOW. */
function rangeOfTable(node: Exclude<TableExpression, { kind: 'join' }>): Range | null {
  switch (node.kind) {
    case 'derived':
      return null
    case 'extended-window': {
      const [name] = node.arguments
      return name?.kind === 'literal' && name.to - name.from > 2 ? { from: name.from + 1, to: name.to - 1 } : null
    }
    case 'table': {
      const [first, last] = [node.parts[0], node.parts.at(-1)]
      return first === undefined || last === undefined ? null : { from: first.from, to: last.to }
    }
  }
}
