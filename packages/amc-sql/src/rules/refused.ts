import { functions } from '../functions/catalogue.ts'
import { stringLiteral } from '../resolve/calls.ts'
import { nearestName } from '../resolve/nearest.ts'
import type { Expression } from '../tree.ts'
import { concernsParameterList } from './custom-parameter.ts'
import { replace, suggest } from '../edits.ts'
import { didYouMean, type Rule, type RuleEntry, severityOf } from './rule.ts'

const builtIn = ['TIME_WINDOW_START', 'TIME_WINDOW_END']

/** What Calcite refuses besides: types that do not fit, windows and joins that lack something. */
export const refused: Rule = {
  code: 'invalid',
  severity: 'error',
  check(context, report) {
    for (const { range, name, expected, given } of context.faults('argument-count'))
      report(range, {
        message: `${name} takes ${expected} ${expected === '1' ? 'argument' : 'arguments'}, not ${given}`,
        help: `Write ${functions.get(name)?.signature ?? name}`,
        amc: `Invalid number of arguments to function '${name}'. Was expecting ${expected} arguments`,
      })
    for (const { range, name, given, supported } of context.faults('argument-type'))
      report(range, {
        message: `${name} does not take a value of this type`,
        help: `Write ${functions.get(name)?.signature ?? name}, and CAST where the type differs`,
        amc: `Cannot apply '${name}' to arguments of type '${given}'. Supported form(s): ${supported}`,
      })
    for (const { range, name, unit, known } of context.faults('unknown-unit'))
      report(range, {
        ...(known && { severity: 'warning' }),
        message: known ? `Amazon documents no unit ${unit} of ${name}` : `${name} has no unit ${unit}`,
        help: `It has SECOND, MINUTE, HOUR, DAY, ${name === 'EXTRACT' ? 'DOW, ' : ''}WEEK, MONTH, QUARTER and YEAR`,
        amc: `'${unit}' is not a valid time frame`,
      })
    for (const fault of context.faults('operand-type')) {
      const { range, operator, given, supported } = fault
      if (concernsParameterList(context, range as Expression)) continue
      const operands = given.map((type) => `<${type}>`)
      const written = operands.length === 1 ? `${operator}${operands[0] ?? ''}` : operands.join(` ${operator} `)
      report(range, {
        ...(isCast(operator, given) && { severity: 'warning' }),
        message: `${operator} does not go with ${given.join(' and ')}`,
        help: 'CAST one of them',
        amc: `Cannot apply '${operator}' to arguments of type '${written}'. Supported form(s): ${supported}`,
        ...context.menders.operandFix?.(context, fault),
      })
    }
    // A condition that a syntax error tore apart, and a join that it left without its ON, have been reported.
    for (const fault of context.broken ? [] : context.faults('condition-type'))
      report(fault.range, {
        message: `${fault.clause} needs a condition, and this is ${fault.given}`,
        amc: `${fault.clause} clause must be a condition`,
        help: 'Compare it with something',
        ...context.menders.conditionFix?.(context, fault),
      })
    for (const fault of context.faults('case-types'))
      report(fault.range, {
        ...(fault.asText && { severity: severityOf(context.dialect.undocumented) }),
        message: `The alternatives are of different types: ${[...new Set(fault.given)].join(', ')}`,
        amc: 'Illegal mixing of types in CASE or COALESCE statement',
        help: 'CAST them to one type',
        ...context.menders.alternativesFix?.(context, fault),
      })
    for (const fault of context.faults('unknown-type'))
      report(fault.range, {
        message: `AMC has no type ${fault.name}`,
        amc: `Unknown datatype name '${fault.name}'`,
        help: 'Name a type such as CHAR, INTEGER, BIGINT, DECIMAL(18, 4), DOUBLE, DATE or TIMESTAMP',
        ...context.menders.typeFix?.(fault),
      })
    for (const { range, fromType, toType } of context.faults('cast-type'))
      report(range, {
        message: `${fromType} cannot become ${toType}`,
        help: 'Cast to a type that can hold the value',
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
        help: `Write ${name}() OVER (PARTITION BY … ORDER BY …)`,
        amc: 'RANK or DENSE_RANK functions require ORDER BY clause in window specification',
      })
    for (const { range, name } of context.faults('unknown-window'))
      report(range, {
        message: `No window is called ${name}`,
        help: `Add WINDOW ${name} AS (…) behind HAVING, or write the window here`,
        amc: `Window '${name}' not found`,
      })
    for (const { range, name } of context.faults('duplicate-relation'))
      report(range, {
        message: `Two members of FROM are called ${name}`,
        help: 'Give one of them an alias',
        amc: `Duplicate relation name '${name}' in FROM clause`,
      })
    for (const { range } of context.broken ? [] : context.faults('join-without-condition'))
      report(range, {
        message: 'The join has no condition',
        help: 'Add ON …, or write CROSS JOIN',
        amc: 'INNER, LEFT, RIGHT or FULL join requires a condition (NATURAL keyword or ON or USING clause)',
        ...(/^(INNER\s+)?JOIN$/i.test(context.textOf(range)) &&
          suggest('Write CROSS JOIN', replace(range, 'CROSS JOIN'))),
      })
    for (const { range, given, most } of context.faults('ordinal'))
      report(range, {
        message: `There is no column ${given}; the SELECT has ${most}`,
        help: `Name the column, or a position from 1 to ${most}`,
        amc: 'Ordinal out of range',
      })
    for (const { range, expected, given } of context.faults('subquery-width'))
      report(range, {
        message: `The query inside must have ${expected} column${expected === 1 ? '' : 's'}, not ${given}`,
        help: 'Select what is compared, and nothing else',
      })
    for (const { range, name } of context.faults('correlated-name'))
      report(range, {
        severity: 'warning',
        message: `${name} belongs to the query around; Amazon documents no such subquery`,
        help: 'Write a join',
      })
    for (const call of context.expressions('call')) {
      const [argument] = call.arguments
      if (call.name.text.toUpperCase() === 'BUILT_IN_PARAMETER' && argument?.kind === 'column')
        report(argument, {
          message: 'BUILT_IN_PARAMETER takes the name of a parameter as text',
          help: `Write '${context.textOf(argument)}' in single quotes`,
        })
      const name = stringLiteral(argument)
      if (call.name.text.toUpperCase() !== 'BUILT_IN_PARAMETER' || argument === undefined || name === null) continue
      if (builtIn.includes(name.toUpperCase())) continue
      const nearest = nearestName(name, builtIn)
      report(argument, {
        message: `AMC has no built-in parameter ${name}`,
        help: `There are two: ${builtIn.join(' and ')}`,
        ...didYouMean(name, nearest, argument, `'${nearest ?? ''}'`),
      })
    }
  },
}

export const refusedEntry: RuleEntry = {
  rule: refused,
  title: 'Types, windows and joins fit together',
  why: 'What AMC’s front end checks besides: the number and types of arguments and operands, conditions that are conditions, alternatives of one type, known types in CAST, OVER and ORDER BY where a function needs them, a condition for each join, positions that exist.',
  source: 'calcite',
  bad: `SELECT CAST(campaign_id AS TEXT) AS campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY 1`,
  good: `SELECT CAST(campaign_id AS CHAR) AS campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY 1`,
}

/** What Calcite casts by itself where type coercion is on, which nobody knows of AMC: TRUE beside 1, a number in LIKE. */
function isCast(operator: string, given: readonly string[]): boolean {
  const isNumber = (type: string | undefined) => /INT|DECIMAL|DOUBLE|FLOAT/.test(type ?? '')
  if (operator === 'LIKE' || operator === 'SIMILAR TO') return isNumber(given[0]) && given[1] === 'VARCHAR'
  return /^(=|<>|!=|IN)$/.test(operator) && given.includes('BOOLEAN') && given.some(isNumber)
}
