import { relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Finding, type FixPlace, fullMessage } from '../check/finding.ts'
import { standardInput } from '../sources/find-files.ts'
import type { Report } from './report.ts'
import { sarifRules, type SarifRules } from './sarif-rules.ts'

/**
 * SARIF 2.1.0, which code reviews show beside the lines: rules with their help, places, ways to mend a finding, and what a comment in
 * the text switched off as suppressed.
 */
export function sarifReport(version: string, cwd: string): Report {
  const rules = sarifRules()
  const results: object[] = []
  return {
    file({ name, findings, switchedOff }) {
      const location = { uri: uriOf(name, cwd) }
      for (const finding of findings) results.push(resultOf(finding, location, rules))
      for (const { finding, reason } of switchedOff) {
        const suppressions = [{ kind: 'inSource', justification: reason }]
        results.push({ ...resultOf(finding, location, rules), suppressions })
      }
      return ''
    },
    end() {
      const driver = { name: 'recomamp', version, rules: rules.list }
      const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
      }
      return `${JSON.stringify(log, null, 2)}\n`
    },
  }
}

/** From the folder that the command ran in where the file is below it, so that a report made elsewhere fits the checkout. */
function uriOf(name: string, cwd: string): string {
  if (name === standardInput) return 'stdin'
  const path = resolve(cwd, name)
  const below = relative(cwd, path)
  if (below.startsWith('..') || below === '') return pathToFileURL(path).href
  return below.split(sep).map(encodeURIComponent).join('/')
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

function resultOf(finding: Finding, artifactLocation: { uri: string }, rules: SarifRules): object {
  const { code, severity, from, to, fixes } = finding
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: levels[severity],
    message: { text: fullMessage(finding) },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(from, { ...to, column: to.column + 1 }) } }],
    ...(fixes.length > 0 && {
      fixes: fixes.map(({ title, edits }) => ({
        description: { text: title },
        artifactChanges: [{ artifactLocation, replacements: edits.map(replacementOf) }],
      })),
    }),
  }
}

function replacementOf({ from, end, text }: FixPlace): object {
  return { deletedRegion: regionOf(from, end), insertedContent: { text } }
}

/** SARIF's end is exclusive. */
function regionOf(from: Finding['from'], end: Finding['to']): object {
  return { startLine: from.line, startColumn: from.column, endLine: end.line, endColumn: end.column }
}
