import type { Diagnostic, Edit } from '../diagnostic.ts'
import { applyEdits } from '../edits.ts'
import { functions } from '../functions/catalogue.ts'
import type { ParameterDeclaration } from '../parameters.ts'
import { parse } from '../parse.ts'
import { read } from '../read.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import type { Schema } from '../schema.ts'
import type { Token } from '../scan.ts'
import type { Call, Chain, Expression, Range } from '../tree.ts'
import { type Conversion, Edits, refusal, writingErrors } from './conversion.ts'
import { declarationOf } from './custom-declaration.ts'
import { customName, customUses, type CustomUse } from './custom-uses.ts'
import { placementsOf } from './placements.ts'

/**
 * Writes every `CUSTOM_PARAMETER('name')` of a query as `{{name}}`, with its declaration. A test for an empty list in front of
 * ARRAY_CONTAINS becomes `whenEmpty: all`. One use without such a form refuses the whole.
 */
export function fromCustomParameter(
  text: string,
  parameter: CustomParameter,
  schema: Schema,
): Conversion<ParameterDeclaration> {
  const { name } = parameter
  const refuse = (range: Range, message: string, help: string): Conversion<ParameterDeclaration> => ({
    ok: false,
    diagnostics: [refusal(range, message, help)],
  })
  const { query, tokens, diagnostics, parameterUses } = read(text, schema, { customParameters: [parameter] })
  const errors = writingErrors(diagnostics)
  if (query === null || errors.length > 0) return { ok: false, diagnostics: errors }
  const uses = customUses(query).filter((use) => use.name === name)
  const [first] = uses
  if (first === undefined)
    return refuse({ from: 0, to: 0 }, `There is no CUSTOM_PARAMETER('${name}') in the query`, 'Name one that is used')
  const declaration = declarationOf(parameter)
  if (typeof declaration === 'string') return refuse(first.call, declaration, "Keep CUSTOM_PARAMETER('…')")
  const taken = parameterUses.find((use) => use.name === name)
  if (taken !== undefined)
    return refuse(taken, `The query has a {{${name}}} already`, 'Rename one of the two, so that each keeps its values')
  const converter = new Converter(text, tokens, declaration)
  converter.convert(uses)
  if (converter.refusals.length > 0) return { ok: false, diagnostics: converter.refusals }
  const edits = converter.edits.inOrder()
  if (namesPosition(text, edits, name))
    return refuse(first.call, `{{${name}}} in GROUP BY or ORDER BY would be the number of a column`, 'Remove it there')
  return { ok: true, edits, declaration: converter.declaration }
}

/** True where a converted placeholder would mean a column by its number. */
function namesPosition(text: string, edits: readonly Edit[], name: string): boolean {
  const { query } = parse(applyEdits(text, edits))
  if (query === null) return true
  return placementsOf(query).some(({ use, place }) => use.name === name && place.kind === 'position')
}

class Converter {
  readonly edits = new Edits()
  readonly refusals: Diagnostic[] = []
  declaration: ParameterDeclaration
  readonly #text: string
  readonly #solid: readonly Token[]

  constructor(text: string, tokens: readonly Token[], declaration: ParameterDeclaration) {
    this.#text = text
    this.#solid = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    this.declaration = declaration
  }

  convert(uses: readonly CustomUse[]): void {
    if (!this.declaration.list) {
      for (const use of uses) this.#value(use)
      return
    }
    const guards = new Map<Chain, Expression[]>()
    const rest: CustomUse[] = []
    for (const use of uses) {
      const guard = guardOf(use)
      if (guard === null) rest.push(use)
      else guards.set(guard.chain, [...(guards.get(guard.chain) ?? []), guard.test])
    }
    const isTested = [...guards.values()].flat().some((test) => test.kind === 'binary')
    if (isTested) this.declaration = { ...this.declaration, whenEmpty: 'all' }
    for (const [chain, tests] of guards) this.#removeTests(chain, tests)
    for (const use of rest) {
      if (testOf(use)?.test.kind === 'binary')
        this.#refuse(use, 'an empty list passes in a form that {{…}} has not', inOr)
      else if (isTested && !isGuarded(use, guards))
        this.#refuse(
          use,
          'elsewhere an empty list is let pass, but not here',
          'Test CARDINALITY(…) = 0 OR … in front of every use',
        )
      else this.#list(use)
    }
  }

  #refuse({ call }: CustomUse, why: string, help: string): void {
    const { name } = this.declaration
    this.refusals.push(refusal(call, `This CUSTOM_PARAMETER('${name}') cannot become {{${name}}}: ${why}`, help))
  }

  #value(use: CustomUse): void {
    const { name, type } = this.declaration
    const [parent] = use.around
    if (parent?.kind === 'cast' && parent.type.name === type) return this.edits.replace(parent, `{{${name}}}`)
    if (
      parent?.kind === 'call' &&
      parent.name.text.toUpperCase() === 'CONCAT' &&
      /^(STRING|INTEGER|LONG)$/.test(type)
    ) {
      if (parent.arguments.every((one) => isText(one) || one === use.call)) return this.#concat(parent, use.call)
    }
    this.edits.replace(use.call, `{{${name}}}`)
  }

  /** `CONCAT('%', CUSTOM_PARAMETER('x'), '%')` is `'%{{x}}%'`. */
  #concat(concat: Call, own: Call): void {
    const inner = concat.arguments.map((one) =>
      one === own ? `{{${this.declaration.name}}}` : this.#text.slice(one.from + 1, one.to - 1),
    )
    this.edits.replace(concat, `'${inner.join('')}'`)
  }

  #list(use: CustomUse): void {
    const [parent, outer] = use.around
    const place = `{{${this.declaration.name}}}`
    const name = parent?.kind === 'call' ? parent.name.text.toUpperCase() : ''
    if (
      parent?.kind === 'call' &&
      name === 'ARRAY_CONTAINS' &&
      parent.arguments.length === 2 &&
      parent.arguments[0] === use.call
    )
      return this.#contains(parent, use.call, outer)
    const index = parent?.kind === 'call' ? parent.arguments.indexOf(use.call) : -1
    const accepts = functions.get(name)?.accepts ?? []
    if (index >= 0 && accepts[Math.min(index, accepts.length - 1)] === 'array')
      return this.edits.replace(use.call, place)
    this.#refuse(use, 'a list stands after IN, or where a function takes an array', 'Write ARRAY_CONTAINS(…) first')
  }

  #contains(call: Call, own: Call, outer: Expression | undefined): void {
    const value = call.arguments[1]
    const comma = this.#solid.find((token) => token.word === ',' && token.from >= own.to)
    if (value === undefined || comma === undefined) return
    const written = this.#text.slice(comma.to, call.to - 1)
    const from = comma.to + written.length - written.trimStart().length
    const to = call.to - 1 - (written.length - written.trimEnd().length)
    const isNegated =
      outer?.kind === 'unary' && outer.operator === 'NOT' && this.#text.slice(outer.from + 3, call.from).trim() === ''
    const isTight = !/^(chain|binary|unary|in-list|in-subquery|like|between|is)$/.test(value.kind)
    const [opens, closes] = isTight ? ['', ''] : ['(', ')']
    this.edits.replace({ from: isNegated ? outer.from : call.from, to: from }, opens)
    this.edits.replace({ from: to, to: call.to }, `${closes}${isNegated ? ' NOT' : ''} IN {{${this.declaration.name}}}`)
  }

  /** Takes `CARDINALITY(…) = 0` and `… IS NULL` out of an OR, each with the operator beside it. */
  #removeTests(chain: Chain, tests: readonly Expression[]): void {
    const ranges = chain.operands.map((operand) => this.#withParentheses(operand))
    const first = chain.operands.findIndex((operand) => !tests.includes(operand))
    for (const [index, operand] of chain.operands.entries()) {
      const [own, before, after] = [ranges[index], ranges[index - 1], ranges[index + 1]]
      if (own === undefined || !tests.includes(operand)) continue
      if (index < first && after !== undefined) this.edits.replace({ from: own.from, to: after.from }, '')
      else if (before !== undefined) this.edits.replace({ from: before.to, to: own.to }, '')
    }
  }

  #withParentheses(range: Range): Range {
    let first = this.#solid.findIndex((token) => token.from >= range.from)
    let last = this.#solid.findLastIndex((token) => token.to <= range.to)
    while (this.#solid[first - 1]?.word === '(' && this.#solid[last + 1]?.word === ')') {
      first -= 1
      last += 1
    }
    return { from: this.#solid[first]?.from ?? range.from, to: this.#solid[last]?.to ?? range.to }
  }
}

function isText(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.type === 'string'
}

const inOr = 'Write (CARDINALITY(…) = 0 OR ARRAY_CONTAINS(…, column))'

/** The test for an empty or absent list that a use is in, with what stands around it. */
function testOf({ around }: CustomUse): { test: Expression; outer: Expression | undefined } | null {
  const [parent, outer, beyond] = around
  if (parent?.kind === 'is') return isNullTest(parent) ? { test: parent, outer } : null
  const isLength = parent?.kind === 'call' && parent.name.text.toUpperCase() === 'CARDINALITY'
  return isLength && outer?.kind === 'binary' && isZero(outer, parent) ? { test: outer, outer: beyond } : null
}

/** The test that lets a condition beside it pass: `CARDINALITY(p) = 0 OR ARRAY_CONTAINS(p, x)`. */
function guardOf(use: CustomUse): { chain: Chain; test: Expression } | null {
  const found = testOf(use)
  const chain = found?.outer
  if (found === null || chain?.kind !== 'chain' || chain.operators[0] !== 'OR') return null
  return chain.operands.some((operand) => contains(operand, use.call)) ? { chain, test: found.test } : null
}

function isZero(comparison: Expression & { kind: 'binary' }, length: Expression): boolean {
  const other = comparison.left === length ? comparison.right : comparison.left
  return comparison.operator === '=' && other.kind === 'literal' && other.value === '0'
}

function isNullTest(is: Expression & { kind: 'is' }): boolean {
  return is.test === 'NULL' && !is.negated
}

/** True for ARRAY_CONTAINS over the same parameter, also under NOT. */
function contains(operand: Expression, own: Call): boolean {
  if (operand.kind === 'unary' && operand.operator === 'NOT') return contains(operand.operand, own)
  if (operand.kind !== 'call' || operand.name.text.toUpperCase() !== 'ARRAY_CONTAINS') return false
  const [array] = operand.arguments
  return array?.kind === 'call' && customName(array) === customName(own)
}

/** True for a use that is a member of an OR with a test for its being empty. */
function isGuarded({ around }: CustomUse, guards: ReadonlyMap<Chain, readonly Expression[]>): boolean {
  const at = around.findIndex((node) => node.kind === 'chain')
  const chain = around[at]
  const isDirect = around
    .slice(0, at)
    .every((node, index) => (index === 0 ? node.kind === 'call' : node.kind === 'unary'))
  return isDirect && chain?.kind === 'chain' && (guards.get(chain) ?? []).some((test) => test.kind === 'binary')
}
