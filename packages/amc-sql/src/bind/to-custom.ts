import type { Diagnostic } from '../diagnostic.ts'
import type { ParameterDeclaration } from '../parameters.ts'
import { read } from '../read.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import type { Schema } from '../schema.ts'
import type { Token } from '../scan.ts'
import type { Call, InList, Literal } from '../tree.ts'
import { apart } from './apart.ts'
import { type Conversion, Edits, refusal, writingErrors } from './conversion.ts'
import { customParameterOf } from './custom-declaration.ts'
import { inferDeclarations } from './infer.ts'
import type { Placement } from './place.ts'
import { placementsOf } from './placements.ts'

/**
 * Writes every `{{name}}` of a query as `CUSTOM_PARAMETER('name')`, with its declaration for AMC. One placeholder that stands where
 * AMC takes no parameter refuses the whole, and so does a text with syntax errors.
 */
export function toCustomParameter(
  text: string,
  name: string,
  declarations: readonly ParameterDeclaration[],
  schema: Schema,
): Conversion<CustomParameter> {
  const { query, tokens, diagnostics, parameterUses, resolution } = read(text, schema)
  const errors = writingErrors(diagnostics)
  const uses = parameterUses.filter((use) => use.name === name)
  if (query === null || errors.length > 0 || uses.length === 0) {
    const absent = refusal({ from: 0, to: 0 }, `There is no {{${name}}} in the query`, 'Name one that is used')
    return { ok: false, diagnostics: errors.length > 0 ? errors : [absent] }
  }
  const declared = declarations.find((one) => one.name === name)
  const declaration = declared ?? inferDeclarations(text, schema).find((one) => one.name === name)
  const placements = placementsOf(query).filter((placement) => placement.use.name === name)
  if (declaration === undefined || placements.length < uses.length) {
    const stray = uses.find((use) => !placements.some((placement) => placement.use.from === use.from)) ?? {
      from: 0,
      to: 0,
    }
    return { ok: false, diagnostics: [refusal(stray, `${name} cannot stand here`, 'A parameter stands for a value')] }
  }
  const converter = new Converter(text, tokens, declaration)
  for (const placement of placements) converter.convert(placement)
  if (converter.refusals.length > 0) return { ok: false, diagnostics: converter.refusals }
  const isMetric = placements.some(
    ({ evidence }) => evidence?.kind === 'compared' && resolution.expressions.get(evidence.with)?.metric === true,
  )
  return { ok: true, edits: converter.edits.inOrder(), declaration: customParameterOf(declaration, isMetric) }
}

class Converter {
  readonly edits = new Edits()
  readonly refusals: Diagnostic[] = []
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #declaration: ParameterDeclaration
  readonly #call: string
  readonly #guarded = new Set<string>()
  readonly #literals = new Set<Literal>()

  constructor(text: string, tokens: readonly Token[], declaration: ParameterDeclaration) {
    this.#text = text
    this.#tokens = tokens
    this.#declaration = declaration
    this.#call = `CUSTOM_PARAMETER('${declaration.name}')`
  }

  convert(placement: Placement): void {
    const { place } = placement
    const { name, list } = this.#declaration
    if (placement.fixedIn !== null) {
      const why = `${placement.fixedIn} takes fixed texts only, and AMC's parameters are no such texts`
      return this.#refuse(placement, why, 'Keep {{…}} here')
    }
    switch (place.kind) {
      case 'rows':
        return this.#refuse(
          placement,
          'VALUES holds values that are written out, and AMC has no parameter for rows',
          inList(name),
        )
      case 'count':
      case 'position':
      case 'interval': {
        const where = { count: 'LIMIT takes', position: 'GROUP BY and ORDER BY take', interval: 'INTERVAL takes' }
        return this.#refuse(placement, `${where[place.kind]} a number that is written out`, 'Keep {{…}} here')
      }
      default:
    }
    if (list && this.#declaration.whenEmpty === 'all' && !this.#guard(placement)) return
    switch (place.kind) {
      case 'list':
        return this.#list(placement, place)
      case 'text':
        return this.#literal(placement, place)
      case 'array':
        if (!list)
          return this.#refuse(placement, 'an array is wanted, and it is one value', `Declare ${name} as a list`)
        return this.#put(placement, this.#call)
      default:
        if (list) return this.#refuse(placement, 'a list stands where one value is wanted', inList(name))
        return this.#put(placement, this.#value(placement))
    }
  }

  #refuse({ use }: Placement, why: string, help: string): void {
    const { name } = this.#declaration
    this.refusals.push(refusal(use, `This {{${name}}} cannot become CUSTOM_PARAMETER('${name}'): ${why}`, help))
  }

  /** Puts the test for an empty list around the condition that such a list switches off. */
  #guard(placement: Placement): boolean {
    const { condition } = placement
    if (condition === null) {
      this.#refuse(
        placement,
        'it stands in no condition that an empty list could switch off',
        'Let an empty list be an error',
      )
      return false
    }
    const key = `${condition.from} ${condition.to}`
    if (!this.#guarded.has(key)) this.edits.enclose(condition, `(CARDINALITY(${this.#call}) = 0 OR `, ')')
    this.#guarded.add(key)
    return true
  }

  /** Dates and times get the CAST that Amazon's own queries have. */
  #value({ cast }: Placement): string {
    const { type } = this.#declaration
    return (type === 'DATE' || type === 'TIMESTAMP') && cast === null ? `CAST(${this.#call} AS ${type})` : this.#call
  }

  #put({ range }: Placement, written: string): void {
    this.edits.replace(range, apart(this.#text, range, written))
  }

  #list(placement: Placement, place: Placement['place'] & { kind: 'list' }): void {
    const { name, list } = this.#declaration
    const { of } = place
    if (!list) {
      const value = this.#value(placement)
      return this.#put(placement, place.bare ? `(${value})` : value)
    }
    if (!place.alone) return this.#refuse(placement, 'it stands beside other members of a list', inList(name))
    if (place.width > 1)
      return this.#refuse(placement, "AMC's parameters hold values, not rows", `Compare one column: ${inList(name)}`)
    if (of.kind === 'in-list') return this.#inList(of, place.whole || this.#declaration.whenEmpty === 'all')
    if (of.kind === 'array') return this.edits.replace(of, this.#call)
    this.#containedIn(of, placement)
  }

  /** `x IN {{ids}}` becomes `ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), x)`; x keeps its place, for it may hold placeholders too. */
  #inList(list: InList, isWhole: boolean): void {
    const first = list.items[0]?.from ?? list.to
    const at = this.#tokens.findLastIndex((token) => token.word === 'IN' && token.to <= first)
    let start = at
    if (list.negated) while (start > 0 && this.#tokens[start]?.word !== 'NOT') start -= 1
    const before = this.#tokens[start - 1]
    // Right behind a comment it would be a part of that.
    const follows = before?.kind === 'space' && this.#tokens[start - 2]?.kind !== 'comment'
    const from = (follows ? before.from : this.#tokens[start]?.from) ?? list.to
    const contains = `ARRAY_CONTAINS(${this.#call}, `
    const [opens, closes] = !list.negated ? ['', ')'] : isWhole ? ['NOT ', ')'] : ['(NOT ', '))']
    this.edits.replace({ from: list.from, to: list.from }, `${opens}${contains}`)
    this.edits.replace({ from, to: list.to }, closes)
  }

  #containedIn(call: Call, { range }: Placement): void {
    const [value] = call.arguments
    const comma = this.#tokens.findLast((token) => token.word === ',' && token.to <= range.from)
    if (value === undefined || comma === undefined) return
    this.edits.replace(call.name, 'ARRAY_CONTAINS')
    const opened = this.#tokens.find((token) => token.word === '(' && token.from >= call.name.to)?.to ?? value.from
    this.edits.replace({ from: opened, to: opened }, `${this.#call}, `)
    this.edits.replace({ from: comma.from, to: range.to }, '')
  }

  /** `'%{{x}}%'` becomes `CONCAT('%', CUSTOM_PARAMETER('x'), '%')`. */
  #literal(placement: Placement, { of, literal }: Placement['place'] & { kind: 'text' }): void {
    const { name, type, list } = this.#declaration
    if (list) return this.#refuse(placement, 'a list stands where one value is wanted', inList(name))
    if (of === 'interval')
      return this.#refuse(placement, 'INTERVAL takes a number that is written out', 'Keep {{…}} here')
    if (this.#literals.has(literal)) return
    this.#literals.add(literal)
    const parts: string[] = []
    let at = this.#text.indexOf("'", literal.from) + 1
    const put = (from: number, to: number) => {
      if (from < to) parts.push(`'${this.#text.slice(from, to)}'`)
    }
    for (const use of literal.parameters.filter((one) => one.name === name)) {
      put(at, use.from)
      parts.push(this.#call)
      at = use.to
    }
    put(at, literal.to - 1)
    const isWhole = parts.length === 1
    const joined = isWhole ? this.#call : `CONCAT(${parts.join(', ')})`
    const text =
      of === 'text'
        ? isWhole && type !== 'STRING'
          ? `CONCAT('', ${joined})`
          : joined
        : `CAST(${joined} AS ${of.toUpperCase()})`
    this.edits.replace(literal, text)
  }
}

function inList(name: string): string {
  return `Write column IN {{${name}}}`
}
