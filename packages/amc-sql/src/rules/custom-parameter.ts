import { stringLiteral } from '../resolve/calls.ts'
import { nearestName } from '../resolve/nearest.ts'
import { calciteName } from '../resolve/types.ts'
import type { Call, Expression, InList } from '../tree.ts'
import { mend, operandText, replace } from '../edits.ts'
import { didYouMean, type Finding, type Report, type Rule, type RuleContext, type RuleEntry } from './rule.ts'

/** `CUSTOM_PARAMETER('name')` names a parameter that the workflow declares once, and is used as its type allows. */
export const customParameter: Rule = {
  code: 'AMC011',
  severity: 'error',
  check(context, report) {
    const uses = context.expressions('call').filter(({ name }) => name.text.toUpperCase() === 'CUSTOM_PARAMETER')
    for (const use of uses) checkName(context, use, report)
    const lists = new Set<Expression>(uses.filter((use) => context.facts(use)?.type.kind === 'ARRAY'))
    if (lists.size > 0) checkLists(context, lists, report)
  },
}

export const customParameterEntry: RuleEntry = {
  rule: customParameter,
  title: 'CUSTOM_PARAMETER names a declared parameter',
  why: 'A workflow declares its parameters by name and type, each once; AMC refuses a query that reads another one (`referenced an undeclared parameter`), and a workflow that declares one twice (`is defined multiple times`). A list is searched with ARRAY_CONTAINS; it does not stand behind IN or beside `=`. Where nobody said which parameters there are, this is only pointed out.',
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('campaign_idz'), campaign_id_string)
GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('campaign_ids'), campaign_id_string)
GROUP BY campaign`,
  given: { customParameters: [{ name: 'campaign_ids', dataType: { type: 'ARRAY', elementDataType: 'STRING' } }] },
}

function checkName(context: RuleContext, use: Call, report: Report): void {
  const [argument] = use.arguments
  const name = stringLiteral(argument)
  if (argument === undefined || argument.kind === 'missing') return
  if (name === null) {
    const text = argument.kind === 'column' ? `'${argument.parts.at(-1)?.text ?? ''}'` : null
    report(argument, {
      message: 'CUSTOM_PARAMETER takes the name of a parameter as text',
      help: "Write CUSTOM_PARAMETER('name')",
      ...(text !== null && mend(`Write ${text}`, replace(argument, text))),
    })
    return
  }
  const declared = context.customParameters
  const found = declared?.filter((parameter) => parameter.name === name) ?? []
  if (found.length > 1)
    report(argument, {
      message: `The workflow declares the parameter ${name} ${found.length} times`,
      help: 'Keep one of the declarations',
      amc: `The workflow parameter ${name} is defined multiple times`,
    })
  if (found.length > 0) return
  const nearest =
    declared === null
      ? null
      : nearestName(
          name,
          declared.map((parameter) => parameter.name),
        )
  report(argument, {
    ...(declared === null && { severity: 'info' }),
    message: declared === null ? `The workflow must declare the parameter ${name}` : `No parameter ${name} is declared`,
    help: 'Declare it with its type, and a default value where a run may leave it out',
    amc: `Filter operation filter_operation referenced an undeclared parameter ${name}.`,
    ...didYouMean(name, nearest, argument, `'${nearest ?? ''}'`),
  })
}

/** A list as a single value. */
function checkLists(context: RuleContext, lists: ReadonlySet<Expression>, report: Report): void {
  for (const node of context.expressions('in-list')) {
    const list = node.items.find((item) => lists.has(item))
    if (list !== undefined)
      report(node, {
        message: 'A parameter that holds a list does not stand behind IN',
        help: 'Write ARRAY_CONTAINS(CUSTOM_PARAMETER(…), value)',
        ...(node.items.length === 1 && searched(context, node.operand, list, node)),
      })
  }
  for (const node of context.expressions('binary')) {
    const [list, other] = lists.has(node.left) ? [node.left, node.right] : [node.right, node.left]
    if (!lists.has(list) || lists.has(other) || context.facts(other)?.type.kind === 'ARRAY') continue
    const negated = node.operator !== '='
    report(node, {
      message: `A list is compared with ${calciteName(context.facts(other)?.type ?? { kind: 'UNKNOWN' })}`,
      help: 'Write ARRAY_CONTAINS(CUSTOM_PARAMETER(…), value), or declare the parameter as a single value',
      ...((node.operator === '=' || node.operator === '<>' || node.operator === '!=') &&
        searched(context, other, list, { ...node, negated })),
    })
  }
}

function searched(
  context: RuleContext,
  value: Expression,
  list: Expression,
  node: Pick<InList, 'from' | 'to' | 'negated'>,
): Pick<Finding, 'fixes'> {
  const call = `ARRAY_CONTAINS(${context.textOf(list)}, ${operandText(context.text, value)})`
  const text = node.negated ? `NOT ${call}` : call
  return mend('Write ARRAY_CONTAINS', replace(node, text))
}

/** True where a finding about types is one of this rule's. */
export function concernsParameterList(context: RuleContext, node: Expression | undefined): boolean {
  const isList = (one: Expression) =>
    one.kind === 'call' &&
    one.name.text.toUpperCase() === 'CUSTOM_PARAMETER' &&
    context.facts(one)?.type.kind === 'ARRAY'
  if (node?.kind === 'in-list') return node.items.some(isList)
  return node?.kind === 'binary' && (isList(node.left) || isList(node.right))
}
