import { ruleEntries } from '../packages/amc-sql/src/rules/entries.ts'
import { runCodes } from '../packages/amc-sql/src/rules/language-entries.ts'
import type { RuleEntry } from '../packages/amc-sql/src/rules/rule.ts'
import { analyze } from '../packages/amc-sql/src/index.ts'
import { hints } from '../packages/amc-sql/src/rules/hints.ts'
import { loadSchema } from '../packages/amc-catalogue/src/load-schema.ts'

const sources: Record<RuleEntry['source'], string> = {
  fact: 'Amazon says so, or it was recorded from AMC',
  calcite: 'follows from Apache Calcite, AMC’s front end',
  report: 'reported by people outside Amazon, not confirmed',
  choice: 'our own judgement',
}

/** The page of all findings, as docs/amc-sql/rules.md has it. */
export function rulesPage(): string {
  const rows = ruleEntries.map(
    ({ rule, title }) => `| [${rule.code}](#${anchor(rule.code)}) | ${rule.severity} | ${title} |`,
  )
  return `# What the checks say

This page is written from the rules themselves by \`node scripts/write-rules-page.ts\`.

An **error** is refused by AMC, or is certainly wrong; a run with one is not sent. A **warning** runs, and is probably wrong or slow. An **info** only
points something out. Most findings carry a fix: the workbench applies it at the mark or with Ctrl+., \`recomamp sql check --fix\` applies all those
that keep what the query means. Those marked "to be chosen" change the result, so a person decides.

A rule is switched off by a comment with a reason, on its line or alone on the line before: \`-- recomamp-ignore AMC026: why\`. What AMC would refuse
cannot be switched off.

| Code | Severity | Rule |
|---|---|---|
${rows.join('\n')}

${ruleEntries.map(section).join('\n')}
## Codes of a run

These speak of the values of a run, its time window and local data, so no query alone shows them.

| Code | Severity | Rule | |
|---|---|---|---|
${runCodes.map(({ rule, title, why }) => `| \`${rule.code}\` | ${rule.severity} | ${title} | ${why} |`).join('\n')}
`
}

function anchor(code: string): string {
  return code.toLowerCase()
}

function sentence(words = ''): string {
  return /[.?!…]$/.test(words) ? words : `${words}.`
}

/** A long list is shown by its beginning. */
function shortened(sql: string): string {
  return sql.replaceAll(/((?:[^,\n]*, ){6})(?:[^,\n]*, ){20,}/g, '$1…, ')
}

function section({ rule, title, why, source, bad, good, given }: RuleEntry): string {
  const found = analyze(bad, loadSchema(), { hints, ...given }).diagnostics.find(({ code }) => code === rule.code)
  const [fix] = found?.fixes ?? []
  const choice = fix?.suggestion === true ? ' (to be chosen)' : ''
  const lines = [
    `## ${rule.code}`,
    '',
    `**${title}.** ${why}`,
    '',
    `Severity: ${rule.severity}. Source: ${sources[source]}.${fix === undefined ? '' : ` Fix: ${fix.title}${choice}.`}`,
    '',
    '```sql',
    shortened(bad),
    '```',
    '',
    `> ${sentence(found?.message)} ${sentence(found?.help)}`,
    '',
    'Better:',
    '',
    '```sql',
    shortened(good),
    '```',
    '',
  ]
  return lines.join('\n')
}
