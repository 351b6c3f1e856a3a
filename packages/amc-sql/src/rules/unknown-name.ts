import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Cte } from '../tree.ts'
import { nameText, replace, suggest } from '../edits.ts'
import { type Rule, type RuleContext, type RuleEntry, severityOf } from './rule.ts'

const lookUp = 'Look the table up in the list of tables; your instance may lack the subscription to it'

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
              help: 'It may be a data set that you uploaded, or a new one of Amazon: AMC can read it, local data has none',
            }
          : {
              message: `There is no table ${fault.name}`,
              help: lookUp,
              ...context.menders.tableHelp?.(context, fault, part, likely ?? []),
            }),
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
        help: 'Look the name up in the list of tables and their columns',
        ...context.menders.columnHelp?.(context, fault),
      })
    }
    for (const fault of context.faults('unknown-qualifier')) {
      const { range, name } = fault
      report(range, {
        message: `No table of FROM is called ${name}`,
        amc: `Table '${name}' not found`,
        help: 'Qualify columns with the alias of a table, or its name where it has none',
        ...context.menders.qualifierHelp?.(context, fault),
      })
    }
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
        ...context.menders.qualifyIt?.(range, candidates),
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
      const name = node.name.key
      if (!parts.has(name)) parts.set(name, node)
    }
  return parts
}

/** Amazon's tables that a name is a part of. */
function namesakes(context: RuleContext, name: string): string[] {
  const wanted = `_${name.toLowerCase().replace(/^.*\./s, '')}_`
  return context.tableNames.filter((table) => `_${table}_`.includes(wanted)).slice(0, 3)
}
