import type { Literal } from '../../tree.ts'
import { type Mending, mend, replace } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** The same moment in UTC, written as the literal was. */
export function withoutZone(context: RuleContext, node: Literal, zoned: RegExp): Mending {
  const [, date = '', between = ' ', time = '', seconds = '', fraction = '', zone = 'Z'] = zoned.exec(node.value) ?? []
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  const minutes = offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? 1 : -1)
  const moment = new Date(Date.parse(`${date}T${time}:00Z`) + minutes * 60_000)
  const iso = Number.isNaN(moment.getTime()) ? `${date}T${time}` : moment.toISOString()
  const prefix = node.type === 'string' ? '' : `${/^\w+/.exec(context.textOf(node))?.[0] ?? ''} `
  const text = `${prefix}'${iso.slice(0, 10)}${between}${iso.slice(11, 16)}${seconds}${fraction}'`
  return mend(`Write ${text}`, replace(node, text))
}
