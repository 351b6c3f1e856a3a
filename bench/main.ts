import type { Figure } from './figure.ts'
import { measureList } from './p1-list.ts'
import { measureLanguage } from './p2-language.ts'
import { measureCompletion } from './p3-completion.ts'
import { measureEngine } from './p4-engine.ts'
import { measureIngest } from './p5-ingest.ts'
import { measurePages } from './p6-pages.ts'
import { measurePoller } from './p7-poller.ts'
import { measureStart } from './p8-start.ts'
import { measureSize } from './p9-size.ts'
import { measureDataSources } from './p11-data-sources.ts'
import { measureEditor } from './p10-editor.ts'
import { measureGrid } from './p10-grid.ts'

/** Prints the figures of the design as a table. Arguments choose some of them: `npm run bench P1 P9`. */
const measurements: Record<string, () => Promise<Figure[]>> = {
  P1: measureList,
  P2: measureLanguage,
  P3: measureCompletion,
  P4: measureEngine,
  P5: measureIngest,
  P6: measurePages,
  P7: measurePoller,
  P8: measureStart,
  P9: measureSize,
  P10: async () => [...(await measureEditor()), ...(await measureGrid())],
  P11: measureDataSources,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((id) => !(id in measurements))
if (unknown.length > 0) {
  process.stderr.write(`There is no figure ${unknown.join(', ')}; there are ${Object.keys(measurements).join(', ')}.\n`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [id, measure] of Object.entries(measurements)) {
  if (asked.length > 0 && !asked.includes(id)) continue
  process.stderr.write(`measuring ${id} …\n`)
  figures.push(...(await measure()))
}
print(figures)
process.exit(figures.some((figure) => figure.verdict === 'missed') ? 1 : 0)

function print(rows: Figure[]): void {
  const table = [
    ['figure', 'what', 'measured', 'target', 'verdict'],
    ...rows.map((row) => [row.id, row.what, row.measured, row.target, row.verdict]),
  ]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)))
  for (const row of table)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
}
