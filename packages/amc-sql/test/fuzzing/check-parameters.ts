import {
  bind,
  compileRun,
  customUses,
  parse,
  toTemplateRange,
  type ParameterDeclaration,
  type ParameterType,
  type ParameterValue,
  type ScalarValue,
  type Schema,
} from '../../src/index.ts'
import { inferDeclarations } from '../../src/bind/declarations.ts'
import { fromCustomParameter, toCustomParameter } from '../../src/bind/conversions.ts'
import { applyEdits } from '../../src/edits.ts'
import { chance, pick, type Choices } from '../generated/choices.ts'

const texts = ["it's", "'; --", '/*', '', 'a', '100%', '{{p}}', '😀', '\u0000', '\\', 'P1D', '2026-05-04']

function valueOf(choices: Choices, { type, list }: ParameterDeclaration): ParameterValue {
  return list ? Array.from({ length: choices.below(4) }, () => scalarOf(choices, type)) : scalarOf(choices, type)
}

function scalarOf(choices: Choices, type: ParameterType): ScalarValue {
  switch (type) {
    case 'INTEGER':
    case 'LONG':
      return choices.below(100) - 50
    case 'DECIMAL':
    case 'DOUBLE':
      return (choices.below(100) - 50) / 4
    case 'BOOLEAN':
      return chance(choices, 50)
    case 'DATE':
      return '2026-05-04'
    case 'TIMESTAMP':
      return '2026-05-04 10:00:00'
    case 'STRING':
      return pick(choices, texts)
  }
}

/** Parameters are found, filled and turned into their other form; what comes out is a text that reads as well as the template. */
export function parameterFaults(text: string, choices: Choices, schema: Schema): string[] {
  const faults: string[] = []
  const declarations = inferDeclarations(text, schema)
  const { query } = parse(text)
  const uses = query === null ? [] : customUses(query)
  if (declarations.length === 0 && uses.length === 0 && !chance(choices, 5)) return faults
  const values = Object.fromEntries(declarations.map((one) => [one.name, valueOf(choices, one)]))
  const bound = bind(text, declarations, values)
  if (bound.ok) {
    const errors = parse(bound.text, { placeholders: false }).diagnostics.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) faults.push(`filled with ${JSON.stringify(values)}: ${errors[0]?.message ?? ''}`)
    const whole = toTemplateRange(bound.sourceMap, { from: 0, to: bound.text.length })
    if (whole.from !== 0 || whole.to !== text.length)
      faults.push(`the source map leads to ${whole.from} to ${whole.to}`)
  }
  compileRun({
    template: text,
    declarations,
    values,
    schema,
    window: { start: '2026-05-01T00:00:00', end: '2026-06-01T00:00:00', timeZone: 'UTC' },
    privacyFilteringBehavior: 'REMOVE_ROWS',
    now: new Date('2026-07-01T00:00:00Z'),
  })
  const [first] = declarations
  const custom = first === undefined ? null : toCustomParameter(text, first.name, declarations, schema)
  if (custom?.ok === true) {
    const other = applyEdits(text, custom.edits)
    const errors = parse(other).diagnostics.filter(({ code }) => code === 'syntax' || code === 'lexical')
    if (errors.length > 0) faults.push(`${first?.name ?? ''} for AMC: ${errors[0]?.message ?? ''}`)
    fromCustomParameter(other, custom.declaration, schema)
  }
  return faults
}
