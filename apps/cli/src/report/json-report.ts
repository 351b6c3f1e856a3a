import { type Finding, fullMessage } from '../check/finding.ts'
import type { Report } from './report.ts'

/** `{"diagnostics":[…]}` for one text; for several an array of these with `file`, one line each. */
export function jsonReport(isOne: boolean): Report {
  let count = 0
  return {
    file({ name, findings }) {
      count += 1
      const diagnostics = findings.map(diagnosticJson)
      if (isOne) return `${JSON.stringify({ diagnostics })}\n`
      return `${count === 1 ? '[\n' : ',\n'}${JSON.stringify({ file: name, diagnostics })}`
    },
    end: () => (isOne ? '' : count === 0 ? '[]\n' : '\n]\n'),
  }
}

/** A finding as programs read it; the way out is part of the message. */
export function diagnosticJson(finding: Finding) {
  const { code, severity, from, to } = finding
  return { code, severity, message: fullMessage(finding), from, to }
}
