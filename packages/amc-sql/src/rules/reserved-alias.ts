import { isReservedWord, keywords } from '../keywords.ts'
import type { Name } from '../tree.ts'
import { replace } from './edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** Calcite reserves many more words than its grammar needs; as names they want double quotes. */
export const reservedAlias: Rule = {
  code: 'AMC047',
  severity: 'info',
  check(context, report) {
    for (const select of context.selects) {
      for (const { alias } of select.node.items) if (alias !== null) checkName(context, report, alias)
      for (const { node } of select.sources)
        if (node.kind !== 'join' && node.alias !== null) checkName(context, report, node.alias)
    }
    for (const { node } of context.resolution.queries.values())
      for (const { name, columns } of node.ctes)
        for (const one of [name, ...(columns ?? [])]) checkName(context, report, one)
  },
}

export const reservedAliasEntry: RuleEntry = {
  rule: reservedAlias,
  title: 'No reserved word as a name',
  why: `AMC's front end reserves words such as \`date\`, \`day\`, \`hour\`, \`month\`, \`rank\`, \`user\` and \`value\`. As the name of a column they need double quotes wherever they stand, and some versions refuse them without. A name of your own is easier: \`event_day\`, \`place\`, \`amount\`.`,
  source: 'choice',
  bad: `SELECT impression_date AS date, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY impression_date`,
  good: `SELECT impression_date AS event_day, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY impression_date`,
}

function checkName(context: RuleContext, report: Report, name: Name): void {
  if (name.quoted || !isReservedWord(name.text) || keywords.has(name.text.toUpperCase())) return
  const quoted = `"${name.text}"`
  report(name, {
    message: `${name.text} is a reserved word`,
    help: `Write ${quoted} wherever it is named, or call it something else`,
    amc: `Encountered "${name.text}"`,
    fixes: [{ title: `Write ${quoted}`, edits: uses(context, name).map((one) => replace(one, quoted)) }],
  })
}

/** The name and every column or qualifier that is written like it. */
function uses(context: RuleContext, name: Name): Name[] {
  const word = name.text.toUpperCase()
  const found = new Map<number, Name>([[name.from, name]])
  for (const { parts } of context.expressions('column'))
    for (const part of parts)
      if (!part.quoted && part.text.toUpperCase() === word && part.to > part.from) found.set(part.from, part)
  return [...found.values()].toSorted((a, b) => a.from - b.from)
}
