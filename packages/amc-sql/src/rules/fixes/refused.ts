import type { Expression, Literal } from '../../tree.ts'
import type { FaultOf } from '../../resolve/faults.ts'
import { isNumber, types } from '../../resolve/types.ts'
import { insert, mend, replace, suggest } from '../../edits.ts'
import type { Finding, RuleContext } from '../rule.ts'

const typeNames: Readonly<Record<string, string>> = {
  TEXT: 'CHAR',
  NVARCHAR: 'CHAR',
  VARCHAR2: 'CHAR',
  INT64: 'BIGINT',
  INT4: 'INTEGER',
  INT8: 'BIGINT',
  FLOAT64: 'DOUBLE',
  NUMBER: 'DECIMAL',
  BOOL: 'BOOLEAN',
  DATETIME: 'TIMESTAMP',
  TIMESTAMPTZ: 'TIMESTAMP',
}

/** AMC's name for a type of another dialect. */
export function typeFix({ range, name }: FaultOf<'unknown-type'>): Partial<Finding> {
  const known = typeNames[name.split(' ')[0] ?? '']
  if (known === undefined) return {}
  return {
    help: `In AMC: ${known}`,
    ...mend(`Write ${known}`, replace({ from: range.from, to: range.from + name.length }, known)),
  }
}

/** Operands that only need another spelling: 1 for TRUE, a number in LIKE, days added to a date. */
export function operandFix(
  context: RuleContext,
  { range, operator, given }: FaultOf<'operand-type'>,
): Partial<Finding> {
  const node = range as Expression
  if (node.kind === 'binary' && given.includes('BOOLEAN')) {
    const literal = [node.left, node.right].find(isBit)
    const word = literal?.value === '1' ? 'TRUE' : 'FALSE'
    if (literal !== undefined) return { help: `Write ${word}`, ...mend(`Write ${word}`, replace(literal, word)) }
  }
  if (node.kind === 'like' && given[0] !== 'VARCHAR')
    return {
      help: 'CAST the value to CHAR',
      ...mend('CAST it to CHAR', insert(node.operand.from, 'CAST('), insert(node.operand.to, ' AS CHAR)')),
    }
  if (!/^(DATE|TIMESTAMP)$/.test(given[0] ?? '')) return {}
  const bare = /\d{4}\s*-\s*\d\d?\s*-\s*\d\d?$/.exec(context.textOf(range))
  if (node.kind === 'binary' && bare !== null) {
    const day = `'${bare[0].replaceAll(/\s/g, '')}'`
    const written = { from: range.to - bare[0].length, to: range.to }
    return { help: `${bare[0]} is a subtraction: write ${day}`, ...mend(`Write ${day}`, replace(written, day)) }
  }
  if (operator === '-' && given[1] === given[0])
    return { help: 'Write SECONDS_BETWEEN(from, to), divided by 86400 for days' }
  const days = /^(.*?)\s*[+-]\s*(\d+)$/s.exec(context.textOf(range))
  if ((operator !== '+' && operator !== '-') || days === null) return {}
  const help = `Write INTERVAL '${days[2]}' DAY`
  return {
    help,
    ...suggest(help, replace({ from: range.to - (days[2] ?? '').length, to: range.to }, `INTERVAL '${days[2]}' DAY`)),
  }
}

function isBit(node: Expression): node is Literal {
  return node.kind === 'literal' && (node.value === '1' || node.value === '0')
}

/** A number as a condition means "not zero" in other dialects. */
export function conditionFix(context: RuleContext, { range, given }: FaultOf<'condition-type'>): Partial<Finding> {
  if (!/INT|DECIMAL|DOUBLE|FLOAT/.test(given)) return {}
  const text = `${context.textOf(range)} <> 0`
  return { help: `Write ${text}`, ...suggest(`Write ${text}`, insert(range.to, ' <> 0')) }
}

/** Numbers beside texts become texts. */
export function alternativesFix(context: RuleContext, { range, given }: FaultOf<'case-types'>): Partial<Finding> {
  const node = range as Expression
  const values =
    node.kind === 'case'
      ? [...node.branches.map((branch) => branch.then), ...(node.otherwise === null ? [] : [node.otherwise])]
      : node.kind === 'call'
        ? node.arguments
        : []
  if (!given.includes('VARCHAR')) return {}
  const edits = values
    .filter((value) => isNumber(context.facts(value)?.type ?? types.unknown))
    .map((value) =>
      replace(value, value.kind === 'literal' ? `'${value.value}'` : `CAST(${context.textOf(value)} AS CHAR)`),
    )
  return edits.length === 0 ? {} : suggest('Make all of them text', ...edits)
}
