import { classifySql } from './sql-classes.ts'

/** A part of a text that stands out, beside the colours of its language. */
export interface Mark {
  from: number
  to: number
  /** The class that shows it. */
  className: string
}

/** A stretch of one line with the classes that apply to all of it. */
export interface Span {
  text: string
  className: string
}

export interface SqlLine {
  /** From 1. */
  number: number
  spans: Span[]
}

const noTables: ReadonlySet<string> = new Set()

/** The lines of a query, cut where a colour or a mark begins or ends. Marks may overlap; what reaches over lines is cut at their ends. */
export function sqlLines(text: string, marks: readonly Mark[] = []): SqlLine[] {
  const parts = [
    ...classifySql(text, noTables).map(({ from, to, kind }) => ({ from, to, className: `sql-${kind}` })),
    ...marks.filter(({ from, to }) => to > from),
  ]
  const cuts = new Set(parts.flatMap(({ from, to }) => [from, to]))
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) cuts.add(at).add(at + 1)
  const begins = Map.groupBy(parts, (part) => part.from)
  const lines: SqlLine[] = [{ number: 1, spans: [] }]
  let open: typeof parts = []
  let from = 0
  for (const to of [...cuts.add(text.length)].filter((cut) => cut > 0 && cut <= text.length).sort((a, b) => a - b)) {
    open = [...open.filter((part) => part.to > from), ...(begins.get(from) ?? [])]
    const piece = text.slice(from, to)
    if (piece === '\n') lines.push({ number: lines.length + 1, spans: [] })
    else lines.at(-1)?.spans.push({ text: piece, className: open.map((part) => part.className).join(' ') })
    from = to
  }
  return lines
}
