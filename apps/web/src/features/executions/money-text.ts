import type { MoneyColumn } from '@recomamp/contracts'

/** The units of the columns that hold money, by name of the column. */
export type MoneyUnits = ReadonlyMap<string, MoneyColumn['unit']>

export const noMoney: MoneyUnits = new Map()

/** Digits behind the point of one whole unit of the currency. */
const digitsOf: Readonly<Record<MoneyColumn['unit'], number>> = { microcents: 8, millicents: 5, currency: 0 }

/**
 * An amount in whole units of its currency, computed on the digits: with two of them behind the point, and up to four where it is
 * less than one. What is no plain number stays as it is.
 */
export function moneyText(value: string, unit: MoneyColumn['unit']): string {
  const plain = /e/i.test(value) ? fixed(value) : value
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? []
  if (whole === '') return value
  const digits = BigInt(whole + fraction)
  const behind = fraction.length + digitsOf[unit]
  const one = 10n ** BigInt(behind)
  const shown = digits >= one || digits === 0n ? 2 : 4
  const rounded = behind <= shown ? digits * 10n ** BigInt(shown - behind) : half(digits, 10n ** BigInt(behind - shown))
  // A share of a cent is not nothing.
  if (rounded === 0n && digits !== 0n) return sign + String(Number((Number(digits) / Number(one)).toPrecision(4)))
  const text = String(rounded).padStart(shown + 1, '0')
  const grouped = text.slice(0, -shown).replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${grouped}.${text.slice(-shown).replace(/0{1,2}$/, (zeros) => (shown === 2 ? zeros : ''))}`
}

/** Divided, and rounded to the nearest. */
function half(digits: bigint, by: bigint): bigint {
  return (digits + by / 2n) / by
}

/** A number in the form `1.2E8` written out. */
function fixed(value: string): string {
  const number = Number(value)
  return Number.isFinite(number) && Math.abs(number) < 1e21 ? number.toFixed(12) : value
}
