import { analyze } from './analyze.ts'
import { type Money, Units } from './lineage/units.ts'
import { hints } from './rules/hints.ts'
import { moneyUnits } from './rules/money-units.ts'
import type { Schema, Unit } from './schema.ts'

/** A column of a query's result that holds amounts of money, and in which unit they come. */
export interface MoneyColumn {
  column: string
  unit: Extract<Unit, 'microcents' | 'millicents' | 'currency'>
}

/**
 * The columns of a query's result that hold money and nothing else: each value of theirs comes from columns of one unit, brought to
 * another by fixed numbers at most. Whatever is not sure is left out; a query that mixes units somewhere has none.
 */
export function moneyColumns(text: string, schema: Schema): MoneyColumn[] {
  const { query, resolution, diagnostics, switchedOff } = analyze(text, schema, {
    hints,
  })
  if (query === null || resolution.query === null) return []
  const mixes = [...diagnostics, ...switchedOff.map(({ diagnostic }) => diagnostic)].some(
    ({ code, severity }) => code === moneyUnits.code && severity === 'error',
  )
  if (mixes) return []
  const names = resolution.query.relation.columns.map(({ name }) => name)
  return new Units(resolution).body(resolution.query.body).flatMap((measure, at) => {
    const column = names[at]
    const unit = measure?.kind === 'money' ? unitOf(measure) : null
    const isOne = names.indexOf(column ?? '') === names.lastIndexOf(column ?? '')
    return column === undefined || unit === null || !isOne ? [] : [{ column, unit }]
  })
}

const units: Readonly<Record<number, MoneyColumn['unit']>> = {
  100_000_000: 'microcents',
  100_000: 'millicents',
  1: 'currency',
}

function unitOf({ perWhole: [perWhole, ...others], rate, mixed }: Money): MoneyColumn['unit'] | null {
  return perWhole === undefined || others.length > 0 || rate || mixed !== null ? null : (units[perWhole] ?? null)
}
