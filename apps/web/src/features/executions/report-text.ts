import type { ErrorReport, TextPlace } from '@recomamp/contracts'
import { executions } from '#messages/executions.ts'

const t = executions.report

/** A place in words. */
export function placeInWords({ line, column, toLine, toColumn }: TextPlace): string {
  return t.range(line, column, toLine, toColumn)
}

/** Where it failed, one line for each text, or that AMC does not say. */
export function whereInWords({ where }: ErrorReport): string[] {
  const { template, sent, isCertain } = where
  if (template === null && sent === null) return [t.noPlace]
  return [
    ...(template === null ? [] : [`${t.inTemplate}: ${placeInWords(template)}`]),
    ...(sent === null ? [] : [`${t.inSent}: ${placeInWords(sent)}`]),
    ...(isCertain ? [] : [t.probably]),
  ]
}

/** What was sent and to whom, by name. */
export function requestFacts({ execution, request, ...report }: ErrorReport): [string, string][] {
  const { window } = execution
  const facts: [string, string | null][] = [
    [t.sentTo, request.url === '' ? null : `${request.method} ${request.url}`],
    [t.account, `${report.entityId}, ${report.marketplaceId}`],
    [t.amcExecution, execution.amcExecutionId],
    [t.amcRequest, report.amcRequestId],
    [t.window, `${window.start} to ${window.end}, ${window.timeZone}`],
    [t.privacy, executions.privacy[execution.privacyFilteringBehavior]],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]))
}

/** The whole report as text, for a mail or a ticket. */
export function reportInWords(report: ErrorReport): string {
  const { execution } = report
  const section = (title: string, ...lines: string[]) => [title, ...lines.map((line) => `  ${line}`), '']
  return [
    `${report.title} (${execution.workflow.name}, ${executions.version(execution)})`,
    '',
    ...section(t.what, report.what),
    ...section(t.why, report.why),
    ...section(t.where, ...whereInWords(report)),
    ...section(t.next, report.next),
    ...section(t.request, ...requestFacts(report).map(([name, value]) => `${name}: ${value}`)),
    ...section(t.words, report.amcMessage ?? t.noWords),
    executions.sqlSent,
    execution.sqlSent,
  ].join('\n')
}

/** The lines that a correction changes, before and after it. */
export function changedLines(text: string, edits: readonly { from: number; to: number; text: string }[]) {
  const [first] = edits
  if (first === undefined) return { before: '', after: '' }
  const start = text.lastIndexOf('\n', first.from - 1) + 1
  const end = text.indexOf('\n', first.to)
  const before = text.slice(start, end === -1 ? text.length : end)
  let after = before
  for (const edit of edits.filter(({ from, to }) => from >= start && to <= start + before.length).toReversed())
    after = after.slice(0, edit.from - start) + edit.text + after.slice(edit.to - start)
  return { before: before.trim(), after: after.trim() }
}
