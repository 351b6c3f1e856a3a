import type { Fix } from '../../diagnostic.ts'
import { functions } from '../../functions/catalogue.ts'
import { foreignClock } from '../../functions/foreign.ts'
import type { FaultOf } from '../../resolve/faults.ts'
import { isSlip } from '../../resolve/nearest.ts'
import type { Cte, Range } from '../../tree.ts'
import { mend, nameText, replace, suggest } from '../../edits.ts'
import { didYouMean, type Finding, type RuleContext } from '../rule.ts'

/** The table that is likely meant, or why a WITH part cannot be read here. */
export function tableHelp(
  context: RuleContext,
  { range, name, nearest }: FaultOf<'unknown-table'>,
  part: Cte | undefined,
  likely: readonly string[],
): Partial<Finding> {
  if (part !== undefined) {
    const inside = part.from <= range.from && range.to <= part.to
    return {
      help: inside
        ? 'A WITH part cannot read itself'
        : `The WITH part ${part.name.text} must stand before what reads it`,
    }
  }
  // The table of EXTEND_TIME_WINDOW is a text in quotes.
  const quoted = context.text[range.from] === "'"
  const written = nearest === null ? null : quoted ? `'${nearest}'` : nameText(nearest)
  return {
    ...(likely.length > 0 && { help: `Did you mean ${likely.join(' or ')}?` }),
    ...didYouMean(name, nearest, range, written),
  }
}

/** The column that is likely meant, or what else the word can be. */
export function columnHelp(context: RuleContext, fault: FaultOf<'unknown-column'>): Partial<Finding> {
  const { range, name, nearest } = fault
  const written = context.textOf(range)
  const unit = unitHelp(context, fault)
  if (unit !== null) return unit
  const near = didYouMean(name, nearest, range, nearest && nameText(nearest))
  if (near.fixes?.[0]?.suggestion === undefined && near.fixes !== undefined) return near
  if (written.startsWith('"')) {
    const text = `'${name.replaceAll("'", "''")}'`
    return {
      help: 'Double quotes mark names; a text stands in single quotes',
      ...mend(`Write ${text}`, replace(range, text)),
    }
  }
  const opens = context.tokenBefore(range.from)?.word
  if (opens === 'SELECT' && isSlip(name, 'DISTINCT') && context.tokenAfter(range.to)?.kind === 'name')
    return { help: 'Did you mean DISTINCT?', ...mend('Write DISTINCT', replace(range, 'DISTINCT')) }
  const clock = foreignClock(name.toUpperCase())
  if (clock !== null) return { help: `In AMC: ${clock}`, ...mend(`Write ${clock}`, replace(range, clock)) }
  const here = nearHelp(context, fault)
  if (here !== null && nearest === null) return here
  const tables = context.tablesWith(name)
  const elsewhere = {
    help:
      tables.length === 0
        ? 'Look the name up in the list of tables and their columns'
        : `${name} is a column of ${tables.slice(0, 3).join(', ')}`,
  }
  return nearest === null ? elsewhere : near
}

const comparing: ReadonlySet<string> = new Set(['=', '<>', '!=', 'LIKE', 'THEN', 'ELSE', 'TO'])

/** What else a word can be: a table of FROM, a column of another one, a function, or a text without quotes. */
function nearHelp(context: RuleContext, { range, name }: FaultOf<'unknown-column'>): Partial<Finding> | null {
  const before = context.tokenBefore(range.from)
  // Bounded, because many columns can be unknown in one SELECT.
  const sources = (context.selectAround(range)?.sources ?? []).slice(0, 20)
  const key = name.toLowerCase()
  const asTable = before?.word === '.' ? undefined : sources.find(({ alias }) => alias.toLowerCase() === key)
  if (asTable !== undefined) return { help: `${name} is a table here: write ${name}. and one of its columns` }
  const owner = sources.find(({ relation }) => relation.index.has(key))
  if (owner !== undefined && owner.alias !== '') return { help: `${name} is a column of ${owner.alias}` }
  if (functions.has(name.toUpperCase())) return { help: `${name.toUpperCase()} is a function: write ${name}(…)` }
  const inList =
    (before?.word === '(' || before?.word === ',') &&
    /\bIN\s*\([^()]*$/i.test(context.text.slice(Math.max(0, range.from - 500), range.from))
  if (before === null || !(comparing.has(before.word) || inList) || context.tablesWith(name).length > 0) return null
  const text = `'${name}'`
  return { help: `A text stands in single quotes: ${text}`, ...suggest(`Write ${text}`, replace(range, text)) }
}

/** A unit of time without its quotes: DATE_TRUNC(day, …). */
function unitHelp(context: RuleContext, { range, name }: FaultOf<'unknown-column'>): Partial<Finding> | null {
  if (!/^(second|minute|hour|day|week|month|quarter|year)$/i.test(name)) return null
  const opened = context.tokenBefore(range.from)
  if (opened?.word !== '(' || context.tokenBefore(opened.from)?.word !== 'DATE_TRUNC') return null
  const text = `'${name}'`
  return { help: `The unit is a text: ${text}`, ...mend(`Write ${text}`, replace(range, text)) }
}

/** The table whose alias is likely meant. */
export function qualifierHelp(
  context: RuleContext,
  { range, name, nearest }: FaultOf<'unknown-qualifier'>,
): Partial<Finding> {
  return aliasHelp(context, range, name) ?? didYouMean(name, nearest, range, nearest && nameText(nearest))
}

/** A table that goes by an alias here. */
function aliasHelp(
  context: RuleContext,
  range: FaultOf<'unknown-qualifier'>['range'],
  name: string,
): Partial<Finding> | null {
  const sources = context.selectAround(range)?.sources ?? []
  const meant = sources.filter(
    ({ from }) =>
      (from.kind === 'table' && from.table.name.toLowerCase() === name.toLowerCase()) ||
      (from.kind === 'cte' && from.cte.name.toLowerCase() === name.toLowerCase()),
  )
  const [only] = meant
  if (only === undefined || meant.length > 1 || only.alias === '') return null
  return {
    help: `${name} is called ${only.alias} here`,
    ...mend(`Write ${only.alias}`, replace(range, nameText(only.alias))),
  }
}

/** The tables that a column of several can belong to, to choose from. */
export function qualifyIt(range: Range, candidates: readonly string[]): Partial<Finding> {
  const some = candidates.slice(0, 3)
  if (some.length === 0) return {}
  return {
    help: `Write ${some.join(' or ')}`,
    fixes: some.map((one): Fix => ({ title: `Write ${one}`, edits: [replace(range, one)], suggestion: true })),
  }
}
