import { functions } from '../functions/catalogue.ts'
import { foreignClock } from '../functions/foreign.ts'
import type { FaultOf } from '../resolve/faults.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import { isSlip } from '../resolve/nearest.ts'
import type { Edit, Fix } from '../diagnostic.ts'
import type { Cte } from '../tree.ts'
import { mend, nameText, replace, suggest } from '../edits.ts'
import { didYouMean, type Finding, type Rule, type RuleContext, type RuleEntry, severityOf } from './rule.ts'

/** Tables and columns that the schema does not have. */
export const unknownName: Rule = {
  code: 'AMC009',
  severity: 'error',
  check(context, report) {
    const unknownTables = [...context.faults('unknown-table')]
    const parts = unknownTables.length === 0 ? null : withParts(context)
    for (const fault of unknownTables) {
      const part = parts?.get(fault.name.toLowerCase())
      const likely = part === undefined && fault.nearest === null ? namesakes(context, fault.name) : null
      report(fault.range, {
        ...(likely?.length === 0
          ? {
              severity: severityOf(context.dialect.unknownTables),
              message: `${fault.name} is no table that is known here`,
              help: 'A data set that you uploaded, or a new one of Amazon, can be read in AMC by its name; local data has none. Otherwise correct the name',
            }
          : { message: `There is no table ${fault.name}`, ...tableHelp(context, fault, part, likely ?? []) }),
        amc: `Object '${fault.name}' not found`,
      })
    }
    const withoutTable = new Set<ResolvedSelect>()
    for (const fault of context.faults('unknown-column')) {
      const { range, name, table } = fault
      const select = table === null ? context.selectAround(range) : null
      if (select !== null && select.sources.length === 0) {
        // Every column of a SELECT without FROM would say the same.
        if (!withoutTable.has(select))
          report(range, {
            message: `${name} is a column, and this SELECT reads no table`,
            help: 'Add FROM and the name of a table',
            amc: `Column '${name}' not found in any table`,
          })
        withoutTable.add(select)
        continue
      }
      report(range, {
        message: table === null ? `No table here has a column ${name}` : `${table} has no column ${name}`,
        amc:
          table === null ? `Column '${name}' not found in any table` : `Column '${name}' not found in table '${table}'`,
        ...columnHelp(context, fault),
      })
    }
    for (const { range, name, nearest } of context.faults('unknown-qualifier'))
      report(range, {
        message: `No table of FROM is called ${name}`,
        amc: `Table '${name}' not found`,
        help: 'Qualify columns with the alias of a table, or its name where it has none',
        ...(aliasHelp(context, range, name) ?? didYouMean(name, nearest, range, nearest && nameText(nearest))),
      })
    for (const { range, name, table } of context.faults('legacy-column')) {
      const now = context.table(table)?.replacements?.[name.toLowerCase()]
      const column = { from: range.to - name.length, to: range.to }
      report(range, {
        severity: 'warning',
        message: `${name} is an old column of ${table} that Amazon no longer documents`,
        help:
          now === undefined
            ? 'It may be gone from your instance'
            : `It may be gone from your instance; use ${now} instead`,
        // The new column may hold something slightly else, so a person decides.
        ...(now !== undefined &&
          context.textOf(column) === name &&
          suggest(`Write ${now}`, replace(column, nameText(now)))),
      })
    }
    for (const { range, name, candidates } of context.faults('ambiguous-column'))
      report(range, {
        message: `${name} is a column of several tables here`,
        help: 'Qualify it with the table that is meant',
        amc: `Column '${name}' is ambiguous`,
        ...(candidates.length > 0 && {
          help: `Write ${candidates.slice(0, 3).join(' or ')}`,
          fixes: candidates.slice(0, 3).map((one): Fix => {
            const edit: Edit = replace(range, one)
            return { title: `Write ${one}`, edits: [edit], suggestion: true }
          }),
        }),
      })
  },
}

export const unknownNameEntry: RuleEntry = {
  rule: unknownName,
  title: 'Tables and columns exist',
  why: 'AMC answers `Object … not found` for a table that does not exist or that the instance is not subscribed to, and `Column … not found` for a column. The message names the closest name that exists, and the tables that do have a column. A name unlike any of Amazon’s is a warning: it may be a data set that you uploaded, whose columns are not known here.',
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impression
GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign`,
}

/** The WITH parts of the whole text by lower-case name; the first one of each name. */
function withParts(context: RuleContext): ReadonlyMap<string, Cte> {
  const parts = new Map<string, Cte>()
  for (const { ctes } of context.resolution.queries.values())
    for (const { node } of ctes) {
      const name = node.name.text.toLowerCase()
      if (!parts.has(name)) parts.set(name, node)
    }
  return parts
}

/** Amazon's tables that a name is a part of. */
function namesakes(context: RuleContext, name: string): string[] {
  const wanted = `_${name.toLowerCase().replace(/^.*\./s, '')}_`
  return context.tableNames.filter((table) => `_${table}_`.includes(wanted)).slice(0, 3)
}

function tableHelp(
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
    help:
      likely.length > 0
        ? `Did you mean ${likely.join(' or ')}?`
        : 'Look the table up in the list of tables; your instance may lack the subscription to it',
    ...didYouMean(name, nearest, range, written),
  }
}

function columnHelp(context: RuleContext, fault: FaultOf<'unknown-column'>): Partial<Finding> {
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
