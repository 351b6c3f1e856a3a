import { styleText } from 'node:util'
import type { TestCell, TestOutcome } from '@recomamp/amc-local'
import { findingOf } from '../check/finding.ts'
import { LineIndex } from '../check/line-index.ts'
import { printable } from '../command-line/text.ts'
import { findingText } from '../report/human-report.ts'
import type { TestedFile } from './test-query.ts'

/** For people: each test in a line, and below it what came out otherwise. */
export function testedText({ name, text, results }: TestedFile, stream: NodeJS.WriteStream): string {
  const style = (format: Parameters<typeof styleText>[0], words: string) => styleText(format, words, { stream })
  const lines = results.map(({ name: test, outcome }) => {
    const mark = outcome.kind === 'passed' ? style('green', 'pass') : style('red', 'fail')
    return `  ${mark}  ${printable(test)}\n${detailOf(outcome, name, text, stream)}`
  })
  return `${style('bold', printable(name))}\n${lines.join('')}`
}

function detailOf(outcome: TestOutcome, name: string, text: string, stream: NodeJS.WriteStream): string {
  switch (outcome.kind) {
    case 'passed':
      return ''
    case 'differs':
      return [
        ...outcome.missing.map((row) => `        missing     ${rowText(outcome.columns, row)}\n`),
        ...outcome.unexpected.map((row) => `        unexpected  ${rowText(outcome.columns, row)}\n`),
      ].join('')
    case 'refused':
      return outcome.diagnostics.map((one) => findingText(name, findingOf(one, new LineIndex(text)), stream)).join('')
    case 'fixture':
    case 'failed':
      return `        ${printable(outcome.message)}\n`
  }
}

function rowText(columns: readonly string[], row: readonly TestCell[]): string {
  return columns.map((column, at) => `${column} ${printable(JSON.stringify(row[at] ?? null))}`).join('  ')
}
