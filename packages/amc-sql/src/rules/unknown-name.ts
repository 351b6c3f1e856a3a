import { didYouMean, type Rule } from './rule.ts'

/** Tables and columns that the schema does not have. */
export const unknownName: Rule = {
  code: 'AMC009',
  severity: 'error',
  check(context, report) {
    for (const { range, name, nearest } of context.faults('unknown-table'))
      report(range, {
        message: `There is no table ${name}`,
        ...didYouMean(nearest),
        amc: `Object '${name}' not found`,
      })
    for (const { range, name, table, nearest } of context.faults('unknown-column'))
      report(range, {
        message: table === null ? `No table here has a column ${name}` : `${table} has no column ${name}`,
        ...didYouMean(nearest),
        amc:
          table === null ? `Column '${name}' not found in any table` : `Column '${name}' not found in table '${table}'`,
      })
    for (const { range, name, nearest } of context.faults('unknown-qualifier'))
      report(range, {
        message: `No table of FROM is called ${name}`,
        ...didYouMean(nearest),
        amc: `Table '${name}' not found`,
      })
    for (const { range, name, table } of context.faults('legacy-column'))
      report(range, {
        severity: 'warning',
        message: `${name} is an old column of ${table} that Amazon no longer documents`,
        help: 'It may be gone from your instance',
      })
    for (const { range, name, candidates } of context.faults('ambiguous-column'))
      report(range, {
        message: `${name} is a column of several tables here`,
        ...(candidates.length > 0 && { help: `Write ${candidates.slice(0, 3).join(' or ')}` }),
        amc: `Column '${name}' is ambiguous`,
      })
  },
}
