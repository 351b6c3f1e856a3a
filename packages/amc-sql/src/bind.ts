import { fill, type Filling } from './bind/fill.ts'
import { type Placement, placementsOf } from './bind/placements.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { ParameterDeclaration, ParameterValue, ParameterValues } from './parameters.ts'
import { parse, type ParseResult } from './parse.ts'
import type { Fill, SourceMap } from './source-map.ts'
import type { ParameterUse, Range } from './tree.ts'

export type BindResult =
  | { ok: true; text: string; sourceMap: SourceMap; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] }

/**
 * Fills the placeholders of a template with literals: a value can never become syntax, whatever it holds. Refuses a template
 * with syntax errors, a missing value, one of the wrong type and one in a place where it cannot stand; positions are the template's.
 */
export function bind(
  template: string,
  declarations: readonly ParameterDeclaration[],
  values: ParameterValues,
  parsed: ParseResult = parse(template),
): BindResult {
  const errors = parsed.diagnostics.filter((one) => one.severity === 'error' || one.code === 'placeholder')
  if (errors.length > 0 || parsed.query === null)
    return { ok: false, diagnostics: errors.map((one) => ({ ...one, severity: 'error' })) }
  const placements = placementsOf(parsed.query)
  const binder = new Binder(template, declarations, values)
  binder.checkDeclarations(parsed.parameterUses)
  binder.checkPlaces(parsed.parameterUses, placements)
  for (const placement of placements) binder.fill(placement)
  return binder.result()
}

/** Values above which a list in IN is pointed out. */
const manyValues = 1000

class Binder {
  private readonly diagnostics: Diagnostic[] = []
  private readonly edits: Edit[] = []
  private readonly declared = new Map<string, ParameterDeclaration>()
  private readonly missing = new Set<string>()
  private readonly template: string
  private readonly declarations: readonly ParameterDeclaration[]
  private readonly values: ParameterValues

  constructor(template: string, declarations: readonly ParameterDeclaration[], values: ParameterValues) {
    this.template = template
    this.declarations = declarations
    this.values = values
  }

  /** F-08: a placeholder may be used many times, but is declared once. */
  checkDeclarations(uses: readonly ParameterUse[]): void {
    for (const declaration of this.declarations) {
      const { name } = declaration
      const use = uses.find((one) => one.name === name) ?? { from: 0, to: 0 }
      if (this.declared.has(name))
        this.error('parameter-declared-twice', use, `${name} is declared twice`, 'Remove one')
      this.declared.set(name, declaration)
    }
  }

  /** A placeholder that the tree does not hold stands where no value can. */
  checkPlaces(uses: readonly ParameterUse[], placements: readonly Placement[]): void {
    const placed = new Set(placements.map((placement) => placement.use.from))
    for (const use of uses)
      if (!placed.has(use.from))
        this.error('parameter-place', use, `${use.name} cannot stand here`, 'A parameter stands for a value')
  }

  fill(placement: Placement): void {
    const { use } = placement
    const declaration = this.declared.get(use.name)
    const given = Object.hasOwn(this.values, use.name) ? this.values[use.name] : declaration?.default
    if (declaration?.whenEmpty === 'all' && placement.condition === null)
      return this.error(
        'parameter-place',
        use,
        `${use.name} stands in no condition, so an empty list cannot mean "all" here`,
        'Let an empty list be an error, or use the parameter in a condition',
      )
    if (given === undefined) {
      // Said once for each parameter: the person gives one value, however often it is used.
      if (!this.missing.has(use.name))
        this.error('parameter-missing', use, `${use.name} has no value`, `Give ${use.name} a value`)
      this.missing.add(use.name)
      return
    }
    if (Array.isArray(given) && given.length === 0) return this.fillEmpty(placement, declaration)
    const filled = fill(placement, fillingOf(placement, declaration, given), given)
    if (!filled.ok) return this.error(filled.code, use, filled.message, filled.help)
    const text = placement.place.kind === 'text' ? filled.text : this.apart(placement.range, filled.text)
    this.edits.push({ range: placement.range, text, name: use.name })
    this.hintAtWildcards(placement, given)
    this.hintAtLength(placement, given)
  }

  private fillEmpty(placement: Placement, declaration: ParameterDeclaration | undefined): void {
    const { use, condition } = placement
    if (declaration?.whenEmpty === 'all' && condition !== null) {
      this.edits.push({ range: condition, text: this.apart(condition, 'TRUE'), name: use.name })
      return
    }
    const help = `Give ${use.name} at least one value, or declare that an empty list means all`
    this.error('parameter-empty', use, `${use.name} is an empty list`, help)
  }

  /** Spaces around a value where it would otherwise grow together with what stands beside it: `a -{{n}}` is no comment. */
  private apart(range: Range, text: string): string {
    const before = this.template[range.from - 1] ?? ' '
    const after = this.template[range.to] ?? ' '
    return `${/[\w'"-]|[^\0-\x7f]/.test(before) ? ' ' : ''}${text}${/[\w'"]|[^\0-\x7f]/.test(after) ? ' ' : ''}`
  }

  private hintAtWildcards(placement: Placement, given: ParameterValue): void {
    const pattern = placement.place.kind === 'value' && placement.likeOperand
    if (!pattern || typeof given !== 'string' || /[%_]/.test(given)) return
    this.diagnostics.push({
      code: 'pattern-without-wildcard',
      severity: 'info',
      from: placement.use.from,
      to: placement.use.to,
      message: `The pattern ${placement.use.name} holds no % and finds equal texts only`,
      help: `Write LIKE '%{{${placement.use.name}}}%' to find it anywhere`,
    })
  }

  /** F-42: long lists run faster as a table; AMC publishes no limit for either form. */
  private hintAtLength(placement: Placement, given: ParameterValue): void {
    if (placement.place.kind !== 'list' || !Array.isArray(given) || given.length <= manyValues) return
    const { use } = placement
    this.diagnostics.push({
      code: 'AMC042',
      severity: 'info',
      from: use.from,
      to: use.to,
      message: `${use.name} puts ${given.length} values into a list`,
      help: `Write WITH wanted (value) AS (VALUES {{${use.name}}}) and join it`,
    })
  }

  private error(code: string, range: Range, message: string, help: string): void {
    this.diagnostics.push({ code, severity: 'error', from: range.from, to: range.to, message, help })
  }

  result(): BindResult {
    const { diagnostics } = this
    diagnostics.sort((a, b) => a.from - b.from)
    if (diagnostics.some((one) => one.severity === 'error')) return { ok: false, diagnostics }
    return { ok: true, ...apply(this.template, this.edits), diagnostics }
  }
}

interface Edit {
  range: Range
  text: string
  name: string
}

/** The template with its edits made; one that lies inside another is lost, since the outer one replaced its place. */
function apply(template: string, edits: Edit[]): { text: string; sourceMap: SourceMap } {
  edits.sort((a, b) => a.range.from - b.range.from || b.range.to - a.range.to)
  const fills: Fill[] = []
  let text = ''
  let at = 0
  for (const { range, text: value, name } of edits) {
    const last = fills.at(-1)
    if (last !== undefined && range.from < last.template.to) {
      if (!last.parameters.includes(name)) last.parameters.push(name)
      continue
    }
    text += template.slice(at, range.from)
    const sent = { from: text.length, to: text.length + value.length }
    fills.push({ template: { from: range.from, to: range.to }, sent, parameters: [name] })
    text += value
    at = range.to
  }
  return { text: text + template.slice(at), sourceMap: { fills } }
}

/** How a value is read: as declared, or, for a name that nobody declared, as what it is and where it stands. */
function fillingOf(
  placement: Placement,
  declaration: ParameterDeclaration | undefined,
  given: ParameterValue,
): Filling {
  const { name } = placement.use
  if (declaration !== undefined) return { name, type: declaration.type, list: declaration.list }
  return { name, type: null, list: Array.isArray(given) }
}
