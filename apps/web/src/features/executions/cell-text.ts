import { isIdentifier, type ResultColumn, valueKindOf } from '@recomamp/contracts'

/** Numbers that name a place on a calendar: `2,026` would be a count. */
const calendar = /(^|_)(year|week|yyyymm|yyyymmdd)s?(_|$)/i

/** The text of a value as people read it: numbers in groups of three and with at most four digits behind the point, all else to the letter. */
export function cellText(value: string, column: ResultColumn | undefined): string {
  if (column === undefined || valueKindOf(column.dataType) !== 'number') return value
  if (isIdentifier(column) || calendar.test(column.name)) return value
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? []
  if (whole === '') return value
  // A share of a millionth is not nothing.
  if (Number(whole) === 0 && Number(fraction) > 0 && fraction.startsWith('0000'))
    return String(Number(Number(value).toPrecision(4)))
  const isLong = fraction.length > 4
  const [rounded = whole, digits = ''] = isLong ? Number(`0.${fraction}`).toFixed(4).split('.') : ['0', fraction]
  // Rounded up to the next whole: `1.99999` is 2.
  const all = isLong && rounded === '1' ? String(BigInt(whole) + 1n) : whole
  const kept = digits.replace(/0+$/, '')
  const grouped = all.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${grouped}${kept === '' ? '' : `.${kept}`}`
}
