import { callable, functions } from '../functions/catalogue.ts'
import type { Accepts, FunctionEntry } from '../functions/entry.ts'
import { foreignHint, isForeignAggregate, isTimeUnit } from '../functions/foreign.ts'
import { unitState } from '../functions/times.ts'
import { undocumentedFunctions } from '../functions/undocumented.ts'
import type { Call, Expression, Range, WindowSpecification } from '../tree.ts'
import { customParameterType } from './custom-parameter.ts'
import { combine, commonType, unknownFacts } from './facts.ts'
import type { ExpressionFacts, ResolvedWindow } from './resolution.ts'
import type { Resolver } from './resolver.ts'
import type { Place } from './scope.ts'
import { calciteName, fitsAll, isNumber, isTime, types, type AmcType } from './types.ts'

const alternatives: ReadonlySet<string> = new Set(['COALESCE', 'IFNULL', 'NVL', 'IF', 'NVL2', 'GREATEST', 'LEAST'])
const changing: ReadonlySet<string> = new Set(['RANDOM', 'UUID'])
const counting: ReadonlySet<string> = new Set(['COUNT', 'APPROX_COUNT_DISTINCT'])
const measuring: ReadonlySet<string> = new Set(['MIN', 'MAX'])

/** Facts of a call; reports unknown functions, wrong arguments and calls that must not stand where they stand. */
export function callFacts(r: Resolver, node: Call, place: Place): ExpressionFacts {
  const name = node.name.text.toUpperCase()
  const entry = callable.get(name)
  const aggregates = entry?.kind === 'aggregate' && node.over === null
  const inside: Place = aggregates ? { ...place, insideAggregate: true } : place
  const parts = node.arguments.map((argument) =>
    isUnitArgument(name, argument) ? { ...unknownFacts, id: r.uniqueId() } : r.factsOf(argument, inside),
  )
  const filter = node.filter === null ? [] : [r.factsOf(node.filter, inside)]
  const windowKey = node.over === null ? '' : resolveWindow(r, node.over, place)
  const around = windowFacts(r, node)
  if (entry === undefined) {
    reportUnknown(r, node, name, parts)
    const broken = combine(r, `${name}${windowKey}`, [...parts, ...filter], types.unknown)
    const aggregate = broken.aggregate || (node.over === null && isForeignAggregate(name))
    return { ...broken, constant: false, aggregate, window: broken.window || node.over !== null }
  }
  if (undocumentedFunctions.has(name)) r.fault({ kind: 'undocumented-function', range: node.name, name })
  checkPlace(r, node, entry, [...parts, ...around], place)
  if (!hasStar(node)) checkArguments(r, node, entry, parts)
  const unit = entry.name === 'DATE_TRUNC' ? stringLiteral(node.arguments[0]) : null
  if (unit !== null) checkUnit(r, 'DATE_TRUNC', unit.toUpperCase(), node.arguments[0] ?? node)
  else if (entry.name === 'DATE_TRUNC') checkOrder(r, node)
  const type = resultType(r, node, entry, parts)
  const facts = combine(
    r,
    keyOf(node, entry, windowKey),
    [...parts, ...filter],
    type,
    isMetric(node, entry, name, parts),
  )
  if (entry.kind === 'scalar') return changing.has(name) ? { ...facts, constant: false, id: r.uniqueId() } : facts
  const windowed = node.over !== null
  return {
    ...facts,
    threshold: entry.kind === 'ranking' || counting.has(name) ? 'NONE' : facts.threshold,
    // The least of fixed values is one.
    constant: facts.constant && measuring.has(name) && !windowed,
    aggregate: windowed ? facts.aggregate || around.some((part) => part.aggregate) : entry.kind === 'aggregate',
    window: windowed || facts.window,
  }
}

/** Equal for calls that differ in their arguments only. */
function keyOf(node: Call, { name }: FunctionEntry, windowKey: string): string {
  const plain = !node.distinct && node.filter === null && node.over === null && node.keywords.length === 0
  if (plain) return hasStar(node) ? `${name} *` : name
  return `${name} ${node.distinct} ${hasStar(node)} ${node.keywords.join(' ')} ${node.filter !== null}${windowKey}`
}

/** Reports a unit of time that the function does not have. */
export function checkUnit(r: Resolver, name: 'EXTRACT' | 'DATE_TRUNC', unit: string, range: Range): void {
  const state = unitState(name, unit)
  if (state !== 'documented') r.fault({ kind: 'unknown-unit', range, name, unit, known: state === 'undocumented' })
}

/** Reports DATE_TRUNC(time, 'unit'), the order of other dialects. */
function checkOrder(r: Resolver, node: Call): void {
  const [first, second] = node.arguments
  const unit = stringLiteral(second)
  if (first === undefined || unit === null || unitState('DATE_TRUNC', unit.toUpperCase()) === 'unknown') return
  const given = r.textOf(node)
  r.fault({ kind: 'argument-type', range: first, name: 'DATE_TRUNC', given, supported: "'DATE_TRUNC(unit, time)'" })
}

/** `day` in DATEDIFF(day, a, b) is no column, and the function itself is what is reported. */
function isUnitArgument(name: string, argument: Expression): boolean {
  if (argument.kind !== 'column' || argument.parts.length !== 1) return false
  // The name of a parameter without its quotes has a finding of its own.
  return name === 'CUSTOM_PARAMETER' || name === 'BUILT_IN_PARAMETER' || isTimeUnit(name, argument.parts[0]?.text ?? '')
}

/** COUNT(*) */
export function hasStar(node: Call): boolean {
  return node.arguments.length === 1 && node.arguments[0]?.kind === 'star'
}

/** AMC records COUNT(DISTINCT …) as a property and sums as measures. */
function isMetric(node: Call, entry: FunctionEntry, name: string, parts: readonly ExpressionFacts[]): boolean {
  if (entry.kind === 'ranking') return false
  if (entry.kind === 'neighbour') return parts[0]?.metric === true
  if (entry.kind === 'aggregate' && !measuring.has(name))
    return counting.has(name) ? name === 'COUNT' && !node.distinct : true
  return parts.some((part) => part.metric)
}

function reportUnknown(r: Resolver, node: Call, name: string, parts: readonly ExpressionFacts[]): void {
  if (name === '') return
  const given = parts.map((part) => calciteName(part.type))
  const hint = foreignHint(name)
  if (hint !== undefined) r.fault({ kind: 'foreign-function', range: node.name, name, types: given, hint })
  else {
    const nearest = r.nearest(name, () => functions.keys())
    r.fault({ kind: 'unknown-function', range: node.name, name, types: given, nearest })
  }
}

function checkPlace(
  r: Resolver,
  node: Call,
  entry: FunctionEntry,
  parts: readonly ExpressionFacts[],
  { clause, insideAggregate }: Place,
): void {
  const name = entry.name
  if (entry.kind === 'ranking' || entry.kind === 'neighbour') {
    if (node.over === null) return r.fault({ kind: 'over-missing', range: node, name })
    const window = r.windows.get(node.over)
    if (entry.orderRequired === true && window !== undefined && window.orderBy.length === 0)
      r.fault({ kind: 'window-order-missing', range: node, name })
  }
  if (entry.kind === 'scalar') return
  if (clause === 'WHERE' || clause === 'ON' || clause === 'GROUP BY' || clause === 'VALUES')
    r.fault({ kind: 'aggregate-misplaced', range: node, where: clause, window: node.over !== null })
  // An aggregate may hold no other call of its kind, a window function may hold aggregates but no window function.
  else if (insideAggregate || parts.some((part) => part.window)) r.fault({ kind: 'aggregate-nested', range: node })
}

/** The facts of what stands in PARTITION BY and ORDER BY of a call's window. */
function windowFacts(r: Resolver, node: Call): ExpressionFacts[] {
  if (node.over === null) return []
  const window = r.windows.get(node.over) ?? node.over
  const inside = [...window.partitionBy, ...window.orderBy.map((item) => item.expression)]
  return inside.flatMap((part) => r.expressions.get(part) ?? [])
}

function checkArguments(r: Resolver, node: Call, entry: FunctionEntry, parts: readonly ExpressionFacts[]): void {
  const given = node.arguments.filter((argument) => argument.kind !== 'missing').length
  if (given < entry.least || given > entry.most) {
    const expected = entry.least === entry.most ? String(entry.least) : `${entry.least} to ${entry.most}`
    r.fault({ kind: 'argument-count', range: node, name: entry.name, expected, given })
    return
  }
  const at = parts.findIndex((part, index) => !takes(acceptedAt(entry, index, node), part.type))
  if (at !== -1) {
    const list = parts.map((one) => `<${calciteName(one.type)}>`).join(', ')
    const supported = `'${entry.name}(${parts.map((_, index) => families[acceptedAt(entry, index, node)]).join(', ')})'`
    const given = `${entry.name}(${list})`
    r.fault({ kind: 'argument-type', range: node.arguments[at] ?? node, name: entry.name, given, supported })
  }
}

const families: Record<Accepts, string> = {
  any: '<ANY>',
  text: '<CHARACTER>',
  number: '<NUMERIC>',
  time: '<DATETIME>',
  boolean: '<BOOLEAN>',
  array: '<ARRAY>',
  binary: '<BINARY>',
  row: '<ROW>',
}

/** What the argument at a position must be. */
export function acceptedAt(entry: FunctionEntry, at: number, node: Call): Accepts {
  // TRIM('x' FROM y) names the text last, TRIM(y) has nothing else.
  if (entry.name === 'TRIM' && node.arguments.length === 1) return 'text'
  return entry.accepts[at] ?? entry.accepts.at(-1) ?? 'any'
}

function takes(accepts: Accepts, type: AmcType): boolean {
  if (fitsAll(type)) return true
  switch (accepts) {
    case 'any':
      return true
    case 'text':
      return type.kind !== 'ARRAY' && type.kind !== 'ROW' && type.kind !== 'MAP'
    case 'number':
      return isNumber(type)
    case 'time':
      return isTime(type) || type.kind === 'STRING'
    case 'boolean':
      return type.kind === 'BOOLEAN'
    case 'array':
      return type.kind === 'ARRAY' || type.kind === 'MAP'
    case 'binary':
      return type.kind === 'BINARY'
    case 'row':
      return type.kind === 'ROW'
  }
}

function resultType(r: Resolver, node: Call, entry: FunctionEntry, parts: readonly ExpressionFacts[]): AmcType {
  const given = parts.map((part) => part.type)
  if (entry.name === 'CUSTOM_PARAMETER') {
    const parameter = r.customParameters.get(stringLiteral(node.arguments[0]) ?? '')
    return parameter === undefined ? types.unknown : customParameterType(parameter)
  }
  if (alternatives.has(entry.name) && given.every((type) => type.kind !== 'UNKNOWN'))
    return commonType(r, node, entry.name === 'IF' || entry.name === 'NVL2' ? given.slice(1) : given)
  const type = entry.result(given)
  if (entry.name !== 'NAMED_ROW' || type.kind !== 'ROW') return type
  const fields = type.fields.map((field, at) => ({
    ...field,
    name: stringLiteral(node.arguments[at * 2]) ?? field.name,
  }))
  return { kind: 'ROW', fields }
}

/** The text of a string literal, or null. */
export function stringLiteral(expression: Expression | undefined): string | null {
  return expression?.kind === 'literal' && expression.type === 'string' ? expression.value : null
}

/** Resolves what stands behind OVER and answers with a key that is equal for equal windows. */
function resolveWindow(r: Resolver, node: WindowSpecification, place: Place): string {
  const window = mergedWindow(r, node, place, 0)
  r.windows.set(node, window)
  const keys = window.partitionBy.map((expression) => r.factsOf(expression, place).id)
  const orders = window.orderBy.map(
    (item) => `${r.factsOf(item.expression, place).id} ${item.descending} ${item.nulls ?? ''}`,
  )
  const frame = node.frame === null ? '' : r.textOf(node.frame)
  return ` over ${keys.join(' ')} by ${orders.join(' ')} ${frame}`
}

function mergedWindow(r: Resolver, node: WindowSpecification, place: Place, depth: number): ResolvedWindow {
  const { base } = node
  if (base === null) return node
  const named = place.scope.windows.get(base.key)
  // A window can build on one before it; a circle of names ends at any depth.
  if (named === undefined || depth > 20) {
    if (base.text !== '') r.fault({ kind: 'unknown-window', range: base, name: base.text })
    return node
  }
  const inner = mergedWindow(r, named, place, depth + 1)
  return {
    partitionBy: node.partitionBy.length > 0 ? node.partitionBy : inner.partitionBy,
    orderBy: node.orderBy.length > 0 ? node.orderBy : inner.orderBy,
  }
}
