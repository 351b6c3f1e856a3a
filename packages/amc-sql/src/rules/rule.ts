import { childrenOf } from '../resolve/children.ts'
import { callable } from '../functions/catalogue.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Lineage } from '../lineage/lineage.ts'
import type { AnalyzeOptions, Dialect, RunMoment, Strictness } from '../options.ts'
import type { ParameterDeclaration } from '../parameters.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import type { Fault, FaultOf } from '../resolve/faults.ts'
import { isSlip } from '../resolve/nearest.ts'
import type { ExpressionFacts, Resolution, ResolvedBody, ResolvedSelect } from '../resolve/resolution.ts'
import type { Token } from '../scan.ts'
import type { Schema, Table } from '../schema.ts'
import type { Expression, ParameterUse, Query, Range } from '../tree.ts'
import { mend, replace, suggest } from '../edits.ts'
import type { Menders } from './fixes/menders.ts'

/** One check over a resolved query; it reports every place that breaks it. */
export interface Rule {
  /** Stable, from the list of rules in docs/amc-sql/rules.md. */
  code: string
  /** Of its findings, unless one says otherwise. An error: AMC refuses it. A warning: a wrong result or a slow run. */
  severity: Diagnostic['severity']
  /** True for rules that protect people in real data: a sandbox with its controls off runs such a query. */
  privacy?: true
  check(context: RuleContext, report: Report): void
}

/** The rules beside those about refusals, and what makes fixes: the entry point `hints`. */
export interface Hints {
  rules: readonly Rule[]
  menders: Menders
}

/** What people read about a code: its entry in docs/amc-sql/rules.md. Apart from the rule, so that the editor loads no prose. */
export interface RuleEntry {
  rule: Pick<Rule, 'code' | 'severity'>
  /** The rule as a short sentence: "No RIGHT JOIN". */
  title: string
  /** In plain words: what happens at AMC or to the numbers, and what to do. Markdown. */
  why: string
  /** Amazon says so; it follows from Apache Calcite, AMC's front end; someone outside Amazon reports it; or it is our own judgement. */
  source: 'fact' | 'calcite' | 'report' | 'choice'
  /** A whole query over the real catalogue that breaks the rule, and no other rule with an error. */
  bad: string
  /** The same query as it should be. */
  good: string
  /** What both examples are judged with, for rules that look at more than the text. */
  given?: AnalyzeOptions
}

export type Report = (range: Range, finding: Finding) => void
export type Finding = Pick<Diagnostic, 'message'> &
  Partial<Pick<Diagnostic, 'severity' | 'ours' | 'help' | 'amc' | 'fixes'>>

/** All that a rule may look at. */
export class RuleContext {
  readonly text: string
  readonly query: Query
  readonly resolution: Resolution
  /** Where values come from. */
  readonly lineage: Lineage
  /** With comments and white space. */
  readonly tokens: readonly Token[]
  readonly parameterUses: readonly ParameterUse[]
  /** By name; null where nobody said which parameters there are. */
  readonly declared: ReadonlyMap<string, ParameterDeclaration> | null
  /** As the workflow declares them; null where nobody said. */
  readonly customParameters: readonly CustomParameter[] | null
  /** The text has syntax errors, so that what is missing may only be unfinished. */
  readonly broken: boolean
  /** An audience query: its output is user_id. */
  readonly audience: boolean
  readonly dialect: Dialect
  /** What makes fixes; empty where nobody asked for them. */
  readonly menders: Partial<Menders>
  /** The time window of the run, and the moment it is judged at; null where nobody said. */
  readonly run: RunMoment | null
  /** Every SELECT of the text, inner ones first. */
  readonly selects: readonly ResolvedSelect[]
  /** The SELECTs whose rows come out. */
  readonly finalSelects: readonly ResolvedSelect[]
  readonly #schema: Schema
  readonly #faults = new Map<Fault['kind'], Fault[]>()
  #byKind: Map<Expression['kind'], Expression[]> | null = null
  readonly #found = new Map<unknown, unknown>()
  #byPlace: readonly { select: ResolvedSelect; around: number }[] | null = null

  constructor(parts: RuleParts) {
    this.text = parts.text
    this.#schema = parts.schema
    this.query = parts.query
    this.resolution = parts.resolution
    this.lineage = parts.lineage
    this.tokens = parts.tokens
    this.dialect = parts.dialect
    this.menders = parts.menders
    this.customParameters = parts.customParameters
    this.broken = parts.broken
    this.run = parts.run
    this.parameterUses = parts.parameterUses
    this.declared = parts.declared
    this.audience = parts.audience
    this.selects = [...parts.resolution.queries.values()].flatMap((query) => selectsOf(query.body, false))
    const main = parts.resolution.query
    this.finalSelects = main === null ? [] : selectsOf(main.body, true)
    for (const fault of parts.resolution.faults) {
      const same = this.#faults.get(fault.kind)
      if (same === undefined) this.#faults.set(fault.kind, [fault])
      else same.push(fault)
    }
  }

  /**
   * What a search finds, which is made once for all rules. It is kept here and not in a WeakMap of the module, through which V8 would
   * carry whole analyses into its old space.
   */
  once<Found>(find: (context: RuleContext) => Found): Found {
    if (!this.#found.has(find)) this.#found.set(find, find(this))
    return this.#found.get(find) as Found
  }

  *faults<Kind extends Fault['kind']>(...kinds: Kind[]): Iterable<FaultOf<Kind>> {
    for (const kind of kinds) for (const fault of this.#faults.get(kind) ?? []) if (isKind(fault, kind)) yield fault
  }

  textOf(range: Range): string {
    return this.text.slice(range.from, range.to)
  }

  /** A text for a message: on one line, and cut where it is long. */
  shortText({ from, to }: Range): string {
    const text = this.text.slice(from, Math.min(to, from + 200)).replaceAll(/\s+/g, ' ')
    return text.length > 60 ? `${text.slice(0, 59)}…` : text
  }

  /** Every expression of one kind, inner ones before those around them. */
  expressions<Kind extends Expression['kind']>(kind: Kind): readonly Extract<Expression, { kind: Kind }>[] {
    if (this.#byKind === null) {
      const byKind = new Map<Expression['kind'], Expression[]>()
      // An iterator over thousands of nodes would make an object for each.
      this.resolution.expressions.forEach((_, node) => {
        const same = byKind.get(node.kind)
        if (same === undefined) byKind.set(node.kind, [node])
        else same.push(node)
      })
      this.#byKind = byKind
    }
    return (this.#byKind.get(kind) ?? []) as Extract<Expression, { kind: Kind }>[]
  }

  /** What the resolver knows of an expression; undefined where it never came by. */
  facts(node: Expression): ExpressionFacts | undefined {
    return this.resolution.expressions.get(node)
  }

  /** True for a user id as it comes from a table. */
  isUserId(node: Expression): boolean {
    const type = this.facts(node)?.type
    return type?.kind === 'STRING' && type.userId === true
  }

  /** The innermost SELECT around a place. */
  selectAround(range: Range): ResolvedSelect | null {
    this.#byPlace ??= nested(this.selects)
    let at = lastBefore(this.#byPlace, range.from)
    for (;;) {
      const entry = this.#byPlace[at]
      if (entry === undefined) return null
      if (entry.select.node.to >= range.to) return entry.select
      at = entry.around
    }
  }

  /** The last token before an offset, white space and comments passed over. */
  tokenBefore(offset: number): Token | null {
    for (let at = tokenIndex(this.tokens, offset) - 1; at >= 0; at -= 1) {
      const token = this.tokens[at]
      if (token !== undefined && token.kind !== 'space' && token.kind !== 'comment') return token
    }
    return null
  }

  /** The first token at or behind an offset, white space and comments passed over. */
  tokenAfter(offset: number): Token | null {
    for (let at = tokenIndex(this.tokens, offset); at < this.tokens.length; at += 1) {
      const token = this.tokens[at]
      if (token !== undefined && token.kind !== 'space' && token.kind !== 'comment') return token
    }
    return null
  }

  /** A range with the parentheses that stand directly around it. */
  withParentheses(range: Range): Range {
    let { from, to } = range
    for (;;) {
      const [before, after] = [this.tokenBefore(from), this.tokenAfter(to)]
      if (before?.word !== '(' || after?.word !== ')') return { from, to }
      from = before.from
      to = after.to
    }
  }

  /** The tables of the schema that have a column. */
  tablesWith(column: string): string[] {
    return ownersIn(this.#schema).get(column.toLowerCase()) ?? []
  }

  /** The tables of the schema but those for audiences, in lower case. */
  get tableNames(): readonly string[] {
    return this.#schema.tables.flatMap((table) => (table.audience ? [] : [table.name.toLowerCase()]))
  }

  /** A table of the schema by its name in any case. */
  table(name: string): Table | null {
    return this.#schema.tables.find((table) => table.name.toLowerCase() === name.toLowerCase()) ?? null
  }
}

const owners = new WeakMap<Schema, Map<string, string[]>>()

/** The tables by the columns that they have; kept, because a schema outlives many texts. */
function ownersIn(schema: Schema): ReadonlyMap<string, string[]> {
  let known = owners.get(schema)
  if (known !== undefined) return known
  known = new Map()
  for (const table of schema.tables)
    for (const { name } of table.audience ? [] : table.columns) {
      const key = name.toLowerCase()
      const same = known.get(key)
      if (same === undefined) known.set(key, [table.name])
      else same.push(table.name)
    }
  owners.set(schema, known)
  return known
}

/** The SELECTs by their beginning, each with the position of the one around it or -1. */
function nested(selects: readonly ResolvedSelect[]): { select: ResolvedSelect; around: number }[] {
  const sorted = selects.toSorted((a, b) => a.node.from - b.node.from || b.node.to - a.node.to)
  const entries: { select: ResolvedSelect; around: number }[] = []
  for (const [at, select] of sorted.entries()) {
    let around = at - 1
    while (around >= 0 && (entries[around]?.select.node.to ?? 0) < select.node.to)
      around = entries[around]?.around ?? -1
    entries.push({ select, around })
  }
  return entries
}

/** The last SELECT that begins at or before an offset. */
function lastBefore(entries: readonly { select: ResolvedSelect }[], offset: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.select.node.from ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The first token that begins at or behind an offset. */
function tokenIndex(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.from ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

interface RuleParts {
  text: string
  schema: Schema
  query: Query
  resolution: Resolution
  lineage: Lineage
  tokens: readonly Token[]
  dialect: Dialect
  menders: Partial<Menders>
  broken: boolean
  run: RunMoment | null
  customParameters: readonly CustomParameter[] | null
  parameterUses: readonly ParameterUse[]
  declared: ReadonlyMap<string, ParameterDeclaration> | null
  audience: boolean
}

function isKind<Kind extends Fault['kind']>(fault: Fault, kind: Kind): fault is FaultOf<Kind> {
  return fault.kind === kind
}

/** The SELECTs of a body; those of queries in parentheses only where asked for. */
function selectsOf(body: ResolvedBody, intoParentheses: boolean): ResolvedSelect[] {
  if (body.kind === 'select') return [body]
  if (body.kind === 'union') return body.branches.flatMap((branch) => selectsOf(branch, intoParentheses))
  return body.kind === 'parenthesized' && intoParentheses ? selectsOf(body.query.body, intoParentheses) : []
}

/** "Did you mean …?" where a close name is known, and the fix that writes it; a slip of the keyboard needs no person to choose it. */
export function didYouMean(wrong: string, nearest: string | null, range: Range, written = nearest): Partial<Finding> {
  if (nearest === null || written === null) return {}
  const change = isSlip(wrong, nearest) ? mend : suggest
  return { help: `Did you mean ${nearest}?`, ...change(`Write ${nearest}`, replace(range, written)) }
}

/** The severity of what a dialect may refuse. */
export function severityOf(strictness: Strictness): Diagnostic['severity'] {
  return strictness === 'refuse' ? 'error' : 'warning'
}

/** What holds a gap or a function that nobody knows: what comes out of it is not known. */
export function isGuess(node: Expression): boolean {
  if (node.kind === 'missing') return true
  if (node.kind === 'call' && !callable.has(node.name.text.toUpperCase())) return true
  return childrenOf(node).some(isGuess)
}

/** The items of a SELECT as one range. */
export function itemsRange(select: ResolvedSelect): Range {
  const [first, last] = [select.node.items[0], select.node.items.at(-1)]
  return first === undefined || last === undefined ? select.node : { from: first.from, to: last.to }
}
