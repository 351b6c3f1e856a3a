import { callable } from '../functions/catalogue.ts'
import type { Accepts, FunctionEntry } from '../functions/entry.ts'
import { acceptedAt, hasStar, stringLiteral } from '../resolve/calls.ts'
import { customParameterType } from '../resolve/custom-parameter.ts'
import { types, unify, type AmcType } from '../resolve/types.ts'
import type { Call, Expression } from '../tree.ts'
import { align, fit, withoutUserIds } from './duck-types.ts'
import { lowerValue } from './literals.ts'
import type { Lowering } from './lowering.ts'
import { asText, asTime, comparable, operandOf } from './operands.ts'
import { timestamp } from './source-tables.ts'
import { loweringOf } from './functions/lowerings.ts'
import { userCounts } from './users.ts'
import { lowerWindow } from './windows.ts'

/** Functions that pass a user id on as it is, or only count it. */
const keepsUserId: ReadonlySet<string> = new Set([
  'COUNT',
  'APPROX_COUNT_DISTINCT',
  'COLLECT',
  'MIN',
  'MAX',
  'NAMED_ROW',
])
const alternatives: ReadonlySet<string> = new Set(['COALESCE', 'IFNULL', 'NVL', 'IF', 'NVL2', 'GREATEST', 'LEAST'])
const comparing: ReadonlySet<string> = new Set(['CONTAINED_IN', 'NULLIF'])

const longest = 500_000

/** A call as the DuckDB SQL of its function. */
export function lowerCall(l: Lowering, node: Call): string {
  const name = node.name.text.toUpperCase()
  if (name === 'CUSTOM_PARAMETER') return lowerCustomParameter(l, node)
  if (name === 'BUILT_IN_PARAMETER') return lowerBuiltInParameter(l, node)
  const [entry, lowering] = [callable.get(name), loweringOf.get(name)]
  if (entry === undefined || lowering === undefined) return l.fail(node, `AMC has no function ${node.name.text}`)
  if (entry.kind === 'scalar' && (node.over !== null || node.filter !== null || node.distinct))
    return l.fail(node, `${entry.name} is no aggregate, so DISTINCT, FILTER and OVER do not go with it`)
  const star = hasStar(node)
  const filter = node.filter === null ? '' : ` FILTER (WHERE ${l.expression(node.filter)})`
  const args = star ? [] : lowerArguments(l, node, entry)
  const lowered = lowering({
    args: entry.kind === 'neighbour' ? args.map((arg, at) => (at === 0 ? shownElsewhere(l, arg) : arg)) : args,
    types: node.arguments.map((argument) => l.facts(argument).type),
    literals: node.arguments.map((argument) => stringLiteral(argument)),
    keywords: node.keywords,
    distinct: node.distinct ? 'DISTINCT ' : '',
    star,
    tail: filter + (node.over === null ? '' : lowerWindow(l, node.over)),
  })
  // Some functions repeat their arguments, so nested calls could grow without bound.
  if (typeof lowered === 'string' && lowered.length > longest) return l.fail(node, `${entry.name} is nested too deeply`)
  if (typeof lowered === 'string') return lowered
  return l.fail(node, `The local engine does not run this ${entry.name}: ${lowered.notLowered}`)
}

/** A value that comes out in another row, whose users are others: NULL where too few people stand behind its own. */
function shownElsewhere(l: Lowering, value: string): string {
  if (!l.guarded || l.counted === null || l.sets === null) return value
  const { cap } = l.sets
  const counts = userCounts(l, l.counted, l.sets).map((count) => `${count} >= ${cap}`)
  return counts.length === 0 ? value : `CASE WHEN ${counts.join(' AND ')} THEN ${value} END`
}

function lowerArguments(l: Lowering, node: Call, entry: FunctionEntry): string[] {
  const { arguments: given } = node
  if (comparing.has(entry.name)) return comparable(given.map((argument) => operandOf(l, argument)))
  if (entry.accepts[0] === 'array' && given.length === 2 && entry.accepts[1] !== 'text') return arrayArguments(l, given)
  const { type } = l.facts(node)
  return given.map((argument, at) => {
    if (alternatives.has(entry.name) && entry.accepts[at] !== 'boolean')
      return fit(l.expression(argument), l.facts(argument).type, type)
    return lowerArgument(l, argument, acceptedAt(entry, at, node), entry.name)
  })
}

function lowerArgument(l: Lowering, argument: Expression, accepts: Accepts, name: string): string {
  if (accepts === 'text') return asText(operandOf(l, argument))
  if (accepts === 'time') return asTime(l, argument)
  const sql = l.expression(argument)
  if (keepsUserId.has(name)) return sql
  const { type } = l.facts(argument)
  const keeps = accepts === 'array' && name !== 'ARRAY_TO_STRING'
  return keeps ? sql : align(sql, type, withoutUserIds(type))
}

/** Two arrays, or an array and a value, with elements of one type. */
function arrayArguments(l: Lowering, given: readonly Expression[]): string[] {
  const elements = given.map((argument): AmcType => {
    const { type } = l.facts(argument)
    return type.kind === 'ARRAY' ? type.element : type
  })
  const common = elements.reduce<AmcType>((so, type) => unify(so, type) ?? types.string, types.null)
  return given.map((argument) => {
    const { type } = l.facts(argument)
    return fit(l.expression(argument), type, type.kind === 'ARRAY' ? { kind: 'ARRAY', element: common } : common)
  })
}

function lowerCustomParameter(l: Lowering, node: Call): string {
  const name = stringLiteral(node.arguments[0])
  if (name === null) return l.fail(node, 'CUSTOM_PARAMETER takes the name of a parameter in single quotes')
  const parameter = l.customParameters.get(name)
  if (parameter === undefined) return l.fail(node, `The parameter ${name} is not declared`)
  const value = l.parameterValues[name] ?? parameter.defaultValue
  if (value === undefined) return l.fail(node, `The parameter ${name} has no value`)
  return lowerValue(value, customParameterType(parameter))
}

function lowerBuiltInParameter(l: Lowering, node: Call): string {
  switch (stringLiteral(node.arguments[0])?.toUpperCase()) {
    case 'TIME_WINDOW_START':
      return timestamp(l.window.start)
    case 'TIME_WINDOW_END':
      return timestamp(l.window.end)
    default:
      return l.fail(node, "BUILT_IN_PARAMETER takes 'TIME_WINDOW_START' or 'TIME_WINDOW_END'")
  }
}
