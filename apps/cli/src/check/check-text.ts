import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { hints } from '@recomamp/amc-sql/hints'
import { analyze, type AnalyzeOptions, type ParameterDeclaration } from '@recomamp/amc-sql'
import { fixAll } from '@recomamp/amc-sql/fix'
import { customParameter } from '../parameters/custom-parameter.ts'
import { type Finding, findingOf } from './finding.ts'
import { LineIndex } from './line-index.ts'

/** How texts are checked; plain data, since threads get it too. */
export interface CheckOptions {
  /** The parameters that exist; null where nobody said. */
  declared: readonly ParameterDeclaration[] | null
  /** Treat every text as an audience query, whatever it looks like. */
  audience: boolean
}

export interface CheckedText {
  /** In the order of the text. */
  findings: Finding[]
  /** What comments in the text switched off, with their reasons. */
  switchedOff: { finding: Finding; reason: string }[]
}

export function checkText(text: string, options: CheckOptions): CheckedText {
  const { diagnostics, switchedOff } = analyze(text, loadSchema(), analyzeOptions(options))
  const lines = new LineIndex(text)
  return {
    findings: diagnostics.map((diagnostic) => findingOf(diagnostic, lines)),
    switchedOff: switchedOff.map(({ diagnostic, reason }) => ({ finding: findingOf(diagnostic, lines), reason })),
  }
}

/** The text with everything mended that needs no person's choice, its line ends as they were, and how many findings that were. */
export function mendText(text: string, options: CheckOptions): { text: string; count: number } {
  const mended = fixAll(text, loadSchema(), analyzeOptions(options))
  const hasOnlyCrLf = text.includes('\r\n') && !/(?<!\r)\n/.test(text)
  return {
    text: hasOnlyCrLf ? mended.text.replaceAll(/\r?\n/g, '\r\n') : mended.text,
    count: mended.fixed.length,
  }
}

function analyzeOptions({ declared, audience }: CheckOptions): AnalyzeOptions {
  return {
    hints,
    ...(declared !== null && { declared, customParameters: declared.map(customParameter) }),
    ...(audience && { audience }),
  }
}
