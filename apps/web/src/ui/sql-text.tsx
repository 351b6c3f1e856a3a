import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { classifySql } from './sql-classes.ts'

const noTables: ReadonlySet<string> = new Set()

/** A query to read, coloured as in the editor. */
export function SqlText({ text, label }: { text: string; label: string }) {
  const pieces = useMemo(() => {
    const nodes: ReactNode[] = []
    let at = 0
    for (const range of classifySql(text, noTables)) {
      if (range.from > at) nodes.push(text.slice(at, range.from))
      nodes.push(
        <span key={range.from} className={`sql-${range.kind}`}>
          {text.slice(range.from, range.to)}
        </span>,
      )
      at = range.to
    }
    nodes.push(text.slice(at))
    return nodes
  }, [text])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long query scrolls, and keys must reach it
    <section className="code-block" tabIndex={0} aria-label={label}>
      <pre>{pieces}</pre>
    </section>
  )
}
