import type { Diagnostic } from '@recomamp/amc-sql'
import { findingOf } from '../check/finding.ts'
import { LineIndex } from '../check/line-index.ts'
import type { Output } from '../command-line/output.ts'
import { findingText } from '../report/human-report.ts'

/** Prints diagnostics of a text for people. */
export async function tellDiagnostics(
  { name, text }: { name: string; text: string },
  diagnostics: readonly Diagnostic[],
  output: Output,
): Promise<void> {
  const lines = new LineIndex(text)
  for (const diagnostic of diagnostics)
    await output.write(findingText(name, findingOf(diagnostic, lines), output.stream))
}
