import { apart } from './bind/apart.ts'
import { apply, type Filled } from './bind/apply.ts'
import { brokenLiteral, type Part } from './bind/composed.ts'
import { fill, type Filling, rowsOf } from './bind/fill.ts'
import { canBeTable, listAsTable, ListNames, longListAbove, selection } from './bind/long-lists.ts'
import type { Placement } from './bind/place.ts'
import { placementsOf } from './bind/placements.ts'
import type { Diagnostic, Fix } from './diagnostic.ts'
import type { ParameterDeclaration, ParameterValue, ParameterValues } from './parameters.ts'
import { parse, type ParseResult } from './parse.ts'
import type { SourceMap } from './source-map.ts'
import type { Literal, ParameterUse, Query, Range } from './tree.ts'

export type BindResult =
  | { ok: true; text: string; sourceMap: SourceMap; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] }

/**
 * Fills the placeholders of a template with literals: a value can never become syntax, whatever it holds. Refuses a template
 * with syntax errors, a missing value, one of the wrong type and one in a place where it cannot stand; positions are the template's.
 * A list behind IN with more than 100 values is read from a WITH part.
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
  const binder = new Binder(template, parsed.query, placements, declarations, values)
  binder.checkDeclarations(parsed.parameterUses)
  binder.checkPlaces(parsed.parameterUses)
  for (const placement of placements) binder.fill(placement)
  return binder.result()
}

class Binder {
  private readonly diagnostics: Diagnostic[] = []
  private readonly filled: Filled[] = []
  private readonly declared = new Map<string, ParameterDeclaration>()
  private readonly missing = new Set<string>()
  /** What was put into dates, times and INTERVALs. */
  private readonly parts = new Map<Literal, { placement: Placement; part: Part }[]>()
  /** The rows of the WITH parts by parameter. */
  private readonly tables = new Map<string, string>()
  private readonly template: string
  private readonly query: Query
  private readonly placements: readonly Placement[]
  private readonly declarations: readonly ParameterDeclaration[]
  private readonly values: ParameterValues
  private names: ListNames | null = null

  constructor(
    template: string,
    query: Query,
    placements: readonly Placement[],
    declarations: readonly ParameterDeclaration[],
    values: ParameterValues,
  ) {
    this.template = template
    this.query = query
    this.placements = placements
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
  checkPlaces(uses: readonly ParameterUse[]): void {
    const placed = new Set(this.placements.map((placement) => placement.use.from))
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
    const filling = fillingOf(placement, declaration, given)
    if (this.fillByTable(placement, filling, given)) return
    const filled = fill(placement, filling, given)
    if (!filled.ok) return this.error(filled.code, use, filled.message, filled.help)
    const { place, range } = placement
    if (place.kind === 'text') this.remember(placement, place.literal, filled.text)
    const text = place.kind === 'text' ? filled.text : apart(this.template, range, filled.text)
    this.filled.push({ range, text, name: use.name, table: null })
    this.hintAtWildcards(placement, given)
    if (place.kind === 'list' && Array.isArray(given) && given.length > longListAbove) this.hintAtLength(use, given)
  }

  private fillEmpty(placement: Placement, declaration: ParameterDeclaration | undefined): void {
    const { use, condition } = placement
    if (declaration?.whenEmpty === 'all' && condition !== null) {
      this.filled.push({ range: condition, text: apart(this.template, condition, 'TRUE'), name: use.name, table: null })
      return
    }
    const help = `Give ${use.name} at least one value, or declare that an empty list means all`
    this.error('parameter-empty', use, `${use.name} is an empty list`, help)
  }

  /** F-42: a long list becomes a table, which is read wherever the list stands behind IN. */
  private fillByTable(placement: Placement, filling: Filling, given: ParameterValue): boolean {
    const isLong = Array.isArray(given) && given.length > longListAbove && !given.includes(null)
    if (!isLong || !canBeTable(placement)) return false
    const { use, range } = placement
    this.names ??= new ListNames(this.template)
    const table = this.names.nameOf(use.name)
    if (!this.tables.has(use.name)) {
      const rows = rowsOf(filling, given)
      if (!rows.ok) return false
      this.tables.set(use.name, rows.text)
      this.sayThatItIsATable(use, given.length, table)
    }
    this.filled.push({ range, text: apart(this.template, range, selection(placement, table)), name: use.name, table })
    return true
  }

  private sayThatItIsATable(use: ParameterUse, count: number, table: string): void {
    // As a WITH part of the template it stands in no condition, so there an empty list could not mean "all".
    const canEdit = this.declared.get(use.name)?.whenEmpty !== 'all'
    const fix = canEdit ? listAsTable(this.template, this.query, use.name, this.placements) : null
    this.info(
      'AMC042',
      use,
      `${use.name} has ${count} values: they are sent as the WITH part ${table}, which IN reads`,
      `Lists of more than ${longListAbove} values run faster as a table; nothing needs to be done`,
      fix === null ? [] : [fix],
    )
  }

  private hintAtLength(use: ParameterUse, given: readonly unknown[]): void {
    this.info(
      'AMC042',
      use,
      `${use.name} puts ${given.length} values into a list`,
      `Write column IN {{${use.name}}}, which sends a long list as a table`,
    )
  }

  private remember(placement: Placement, literal: Literal, text: string): void {
    const { from, to } = placement.range
    const known = this.parts.get(literal)
    const part = { placement, part: { from, to, text } }
    if (known === undefined) this.parts.set(literal, [part])
    else known.push(part)
  }

  private hintAtWildcards(placement: Placement, given: ParameterValue): void {
    const pattern = placement.place.kind === 'value' && placement.likeOperand
    if (!pattern || typeof given !== 'string' || /[%_]/.test(given)) return
    const { use } = placement
    this.info(
      'pattern-without-wildcard',
      use,
      `The pattern ${use.name} holds no % and finds equal texts only`,
      `Write LIKE '%{{${use.name}}}%' to find it anywhere`,
    )
  }

  private info(code: string, { from, to }: Range, message: string, help: string, fixes: Fix[] = []): void {
    const more = fixes.length === 0 ? {} : { fixes }
    this.diagnostics.push({ code, severity: 'info', from, to, message, help, ...more })
  }

  private error(code: string, range: Range, message: string, help: string): void {
    this.diagnostics.push({ code, severity: 'error', from: range.from, to: range.to, message, help })
  }

  private checkLiterals(): void {
    for (const [literal, parts] of this.parts) {
      const [first] = parts
      const place = first?.placement.place
      if (first === undefined || place?.kind !== 'text' || place.of === 'text') continue
      const broken = brokenLiteral(
        this.template,
        literal,
        place.of,
        parts.map(({ part }) => part),
      )
      if (broken === null) continue
      const { use } = first.placement
      const message = `With the value of ${use.name} this is '${broken.text}', but must be ${broken.expected}`
      this.error('parameter-type', use, message, `Change ${use.name}`)
    }
  }

  result(): BindResult {
    this.checkLiterals()
    const { diagnostics } = this
    diagnostics.sort((a, b) => a.from - b.from)
    if (diagnostics.some((one) => one.severity === 'error')) return { ok: false, diagnostics }
    return { ok: true, ...apply(this.template, this.query, this.filled, this.tables), diagnostics }
  }
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
