import { isReservedWord, keywords } from '../keywords.ts'
import type { Name } from '../tree.ts'
import { mend, replace } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** Calcite reserves many more words than its grammar needs; as names they want double quotes. */
export const reservedAlias: Rule = {
  code: 'AMC047',
  severity: 'info',
  check(context, report) {
    const names = [...namesIn(context)].filter(isReserved)
    if (names.length === 0) return
    const uses = usesOf(context, names)
    for (const name of names) {
      const quoted = `"${name.text}"`
      const places = uses.get(name.text.toUpperCase()) ?? [name]
      report(name, {
        message: `${name.text} is a reserved word`,
        help: `Write ${quoted} wherever it is named, or call it something else`,
        amc: `Encountered "${name.text}"`,
        ...(places.length <= mostUses &&
          mend(`Write ${quoted}`, ...places.map((one) => replace(one, `"${one.text}"`)))),
      })
    }
  },
}

export const reservedAliasEntry: RuleEntry = {
  rule: reservedAlias,
  title: 'No reserved word as a name',
  why: `AMC's front end reserves words such as \`date\`, \`day\`, \`hour\`, \`month\`, \`rank\`, \`user\` and \`value\`. As the name of a column they need double quotes wherever they stand, and some versions refuse them without. A name of your own is easier: \`event_day\`, \`place\`, \`amount\`.`,
  source: 'calcite',
  bad: `SELECT impression_date AS date, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY impression_date`,
  good: `SELECT impression_date AS event_day, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY impression_date`,
}

/** So many changes for each of as many findings are too much for an editor. */
const mostUses = 100

/** The names that a query gives: aliases, WITH parts and their columns. */
function* namesIn(context: RuleContext): Iterable<Name> {
  for (const select of context.selects) {
    for (const { alias } of select.node.items) if (alias !== null) yield alias
    for (const { node } of select.sources) if (node.kind !== 'join' && node.alias !== null) yield node.alias
  }
  for (const { node } of context.resolution.queries.values())
    for (const { name, columns } of node.ctes) yield* [name, ...(columns ?? [])]
}

function isReserved({ quoted, text }: Name): boolean {
  return !quoted && isReservedWord(text) && !keywords.has(text.toUpperCase())
}

/** Where each of some words stands as a name, a column or a qualifier. */
function usesOf(context: RuleContext, names: readonly Name[]): ReadonlyMap<string, Name[]> {
  const uses = new Map<string, Name[]>()
  for (const name of names) uses.set(name.text.toUpperCase(), [])
  const add = (name: Name): void => {
    if (!name.quoted && name.to > name.from) uses.get(name.text.toUpperCase())?.push(name)
  }
  for (const name of names) add(name)
  for (const { parts } of context.expressions('column')) for (const part of parts) add(part)
  for (const places of uses.values()) places.sort((a, b) => a.from - b.from)
  return uses
}
