import { filled, type ForeignCall, formsOf, isForeignTime, unitOf } from '../../functions/foreign.ts'

export interface Rewriting {
  text: string
  /** Not quite the same, or not sure to be taken. */
  suggestion: boolean
}

const unitSeconds: Readonly<Record<string, number>> = { SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400, WEEK: 604_800 }
const extractable = /^(SECOND|MINUTE|HOUR|DAY|DOW|WEEK|MONTH|YEAR)$/

/** The call in AMC's words, where its arguments allow it. */
export function rewriteForeign(call: ForeignCall): Rewriting | null {
  if (isForeignTime(call.name)) return rewriteTime(call)
  const form = formsOf(call.name).find((one) => isWhole(one) && arity(one) === call.arguments.length)
  return form === undefined ? null : { text: filled(form, call), suggestion: form.startsWith('?') }
}

/** A form can be written as it is; others only describe. */
function isWhole(form: string): boolean {
  return form.includes('$') || /^[A-Z_]+(\(\))?$/.test(form)
}

function arity(form: string): number {
  return Math.max(0, ...[...form.matchAll(/\$\(?(\d)/g)].map((match) => Number(match[1])))
}

function rewriteTime({ name, arguments: given, operands }: ForeignCall): Rewriting | null {
  const units = given.map(unitOf)
  const unit = units.find((one) => one !== null) ?? null
  const [a, b] = given.filter((_, at) => units[at] === null)
  if (a === undefined) return null
  if (name === 'DATE_PART' || name === 'DATEPART')
    return unit === null || b !== undefined || !extractable.test(unit) ? null : exact(`EXTRACT(${unit} FROM ${a})`)
  if (b === undefined) return null
  if (name.endsWith('DIFF')) return difference(given, units, unit ?? 'DAY', a, b)
  return moved(name, given, operands, unit)
}

/** Days between are asked for as (unit, from, to), (from, to, unit) turned round, and (to, from). */
function difference(
  given: readonly string[],
  units: readonly (string | null)[],
  unit: string,
  a: string,
  b: string,
): Rewriting | null {
  const seconds = unitSeconds[unit]
  if (seconds === undefined || given.length > 3) return null
  const [from, to] = units[0] === null ? [b, a] : [a, b]
  const between = `SECONDS_BETWEEN(${from}, ${to})`
  return exact(seconds === 1 ? between : `${between} / ${seconds}`)
}

/** A time plus or minus whole units; Amazon's text never shows INTERVAL, others report that it runs. */
function moved(
  name: string,
  given: readonly string[],
  operands: readonly string[],
  unit: string | null,
): Rewriting | null {
  const [first = '', second = '', third] = given
  const sign = name === 'DATE_SUB' ? '-' : '+'
  const interval = /^INTERVAL\s+'?(\d+)'?\s+([A-Z]+?)S?$/i.exec(second)
  if (interval !== null && third === undefined)
    return {
      text: `${operands[0] ?? first} ${sign} INTERVAL '${interval[1]}' ${interval[2]?.toUpperCase()}`,
      suggestion: true,
    }
  const count = /^(-?)\s*(\d+)$/.exec(second)
  if (count === null || (third === undefined) !== (unit === null)) return null
  const time = third === undefined ? operands[0] : operands[2]
  const turned = count[1] === '-' ? (sign === '+' ? '-' : '+') : sign
  return { text: `${time} ${turned} INTERVAL '${count[2]}' ${unit ?? 'DAY'}`, suggestion: true }
}

function exact(text: string): Rewriting {
  return { text, suggestion: false }
}
