import type { Rule } from './rule.ts'

/** What Calcite refuses besides: types that do not fit, windows and joins that lack something. */
export const refused: Rule = {
  code: 'invalid',
  severity: 'error',
  check(context, report) {
    for (const { range, name, expected, given } of context.faults('argument-count'))
      report(range, {
        message: `${name} takes ${expected} ${expected === '1' ? 'argument' : 'arguments'}, not ${given}`,
        amc: `Invalid number of arguments to function '${name}'. Was expecting ${expected} arguments`,
      })
    for (const { range, name, given, supported } of context.faults('argument-type'))
      report(range, {
        message: `${name} does not take a value of this type`,
        amc: `Cannot apply '${name}' to arguments of type '${given}'. Supported form(s): ${supported}`,
      })
    for (const { range, name, unit, known } of context.faults('unknown-unit'))
      report(range, {
        ...(known && { severity: 'warning' }),
        message: known ? `Amazon documents no unit ${unit} of ${name}` : `${name} has no unit ${unit}`,
        help: `It has SECOND, MINUTE, HOUR, DAY, ${name === 'EXTRACT' ? 'DOW, ' : ''}WEEK, MONTH, QUARTER and YEAR`,
        amc: `'${unit}' is not a valid time frame`,
      })
    for (const { range, operator, given, supported } of context.faults('operand-type')) {
      const operands = given.map((type) => `<${type}>`)
      const written = operands.length === 1 ? `${operator}${operands[0] ?? ''}` : operands.join(` ${operator} `)
      report(range, {
        message: `${operator} does not go with ${given.join(' and ')}`,
        help: 'CAST one of them',
        amc: `Cannot apply '${operator}' to arguments of type '${written}'. Supported form(s): ${supported}`,
      })
    }
    for (const { range, clause, given } of context.faults('condition-type'))
      report(range, {
        message: `${clause} needs a condition, and this is ${given}`,
        amc: `${clause} clause must be a condition`,
      })
    for (const { range, given } of context.faults('case-types'))
      report(range, {
        message: `The alternatives are of different types: ${[...new Set(given)].join(', ')}`,
        help: 'CAST them to one type',
        amc: 'Illegal mixing of types in CASE or COALESCE statement',
      })
    for (const { range, name } of context.faults('unknown-type'))
      report(range, { message: `AMC has no type ${name}`, amc: `Unknown datatype name '${name}'` })
    for (const { range, fromType, toType } of context.faults('cast-type'))
      report(range, {
        message: `${fromType} cannot become ${toType}`,
        amc: `Cast function cannot convert value of type ${fromType} to type ${toType}`,
      })
    for (const { range, name } of context.faults('over-missing'))
      report(range, {
        message: `${name} needs OVER (…)`,
        help: `Write ${name}() OVER (PARTITION BY … ORDER BY …)`,
        amc: 'OVER clause is necessary for window functions',
      })
    for (const { range, name } of context.faults('window-order-missing'))
      report(range, {
        message: `${name} needs ORDER BY in its window`,
        amc: 'RANK or DENSE_RANK functions require ORDER BY clause in window specification',
      })
    for (const { range, name } of context.faults('unknown-window'))
      report(range, { message: `No window is called ${name}`, amc: `Window '${name}' not found` })
    for (const { range, name } of context.faults('duplicate-relation'))
      report(range, {
        message: `Two members of FROM are called ${name}`,
        help: 'Give one of them an alias',
        amc: `Duplicate relation name '${name}' in FROM clause`,
      })
    for (const { range } of context.faults('join-without-condition'))
      report(range, {
        message: 'The join has no condition',
        help: 'Add ON …, or write CROSS JOIN',
        amc: 'INNER, LEFT, RIGHT or FULL join requires a condition (NATURAL keyword or ON or USING clause)',
      })
    for (const { range, given, most } of context.faults('ordinal'))
      report(range, { message: `There is no column ${given}; the SELECT has ${most}`, amc: 'Ordinal out of range' })
    for (const { range, expected, given } of context.faults('subquery-width'))
      report(range, {
        message: `The query inside must have ${expected} column${expected === 1 ? '' : 's'}, not ${given}`,
      })
    for (const { range, name } of context.faults('correlated-name'))
      report(range, {
        severity: 'warning',
        message: `${name} belongs to the query around; Amazon documents no such subquery`,
        help: 'Write a join',
      })
  },
}
