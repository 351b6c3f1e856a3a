import { styleText } from 'node:util'
import { counted, printable } from '../command-line/text.ts'
import type { Finding } from '../check/finding.ts'
import { nameOf } from '../sources/find-files.ts'
import type { Report } from './report.ts'

const colours = { error: 'red', warning: 'yellow', info: 'cyan' } as const

/**
 * For people: each finding with its line and a marker under its place, then the sum. Colours only where the stream is a terminal that
 * wants them (NO_COLOR, FORCE_COLOR).
 */
export function humanReport(stream: NodeJS.WriteStream): Report {
  const counts = { error: 0, warning: 0, info: 0 }
  let files = 0
  let mendable = 0
  return {
    file({ name, findings }) {
      files += 1
      for (const { severity, fixes } of findings) {
        counts[severity] += 1
        if (fixes.some(({ isSafe }) => isSafe)) mendable += 1
      }
      return findings.map((finding) => findingText(name, finding, stream)).join('')
    },
    end() {
      const found = [
        counts.error > 0 && counted(counts.error, 'error'),
        counts.warning > 0 && counted(counts.warning, 'warning'),
        counts.info > 0 && counted(counts.info, 'hint'),
      ].filter((part) => part !== false)
      const wayOut = mendable === 0 ? '' : `; --fix mends ${mendable} of them`
      return `${found.length === 0 ? 'Nothing found' : found.join(', ')} in ${counted(files, 'file')}${wayOut}\n`
    },
  }
}

/** One finding, ready to print, with an empty line behind it. */
export function findingText(name: string, finding: Finding, stream: NodeJS.WriteStream): string {
  const { code, severity, message, help, from, excerpt } = finding
  const style = (format: Parameters<typeof styleText>[0], text: string) => styleText(format, text, { stream })
  const number = String(from.line)
  const gutter = (text: string) => style('dim', `${text.padStart(number.length)} | `)
  const lines = [
    `${style('bold', `${printable(nameOf(name))}:${from.line}:${from.column}`)}  ${style(colours[severity], severity)}  ${printable(message)}  ${style('dim', code)}`,
    `${gutter(number)}${excerpt.text}`,
    `${gutter('')}${excerpt.indent}${style(colours[severity], excerpt.marker)}`,
    ...(help === undefined ? [] : [`${' '.repeat(number.length)}   ${printable(help)}`]),
  ]
  return `${lines.map((line) => `${line}\n`).join('')}\n`
}
