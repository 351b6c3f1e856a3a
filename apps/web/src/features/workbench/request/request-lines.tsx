import type { RunPreview } from '@recomamp/contracts'
import type { ReactNode } from 'react'
import { Fragment, useMemo } from 'react'
import { request as t } from '#messages/request.ts'
import { type ClassedRange, classifySql } from '#ui/sql-classes.ts'
import { alignedLines, lineStarts } from './aligned-lines.ts'

interface RequestLinesProps {
  template: string
  preview: RunPreview
}

/** The user's text and the text for AMC line by line; filled values are marked, and where one text has a line more, so is the gap. */
export function RequestLines({ template, preview }: RequestLinesProps) {
  const { sqlSent, fills } = preview
  const rows = useMemo(() => alignedLines(template, sqlSent, fills), [template, sqlSent, fills])
  const left = useMemo(() => new Lines(template, []), [template])
  const right = useMemo(
    () =>
      new Lines(
        sqlSent,
        fills.map(({ sent }) => sent),
      ),
    [sqlSent, fills],
  )
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long query scrolls, and keys must reach it
    <div role="region" aria-label={t.both} tabIndex={0} className="request-lines">
      {rows.map((row) => (
        <div key={`${row.left} ${row.right}`} className={row.filled ? 'filled' : ''}>
          <Cell lines={left} at={row.left} />
          <Cell lines={right} at={row.right} />
        </div>
      ))}
    </div>
  )
}

function Cell({ lines, at }: { lines: Lines; at: number | null }) {
  if (at === null) return <span role="img" aria-label={t.fillerLine} className="filler" />
  return (
    <code>
      <i aria-hidden>{at + 1}</i>
      <span>{lines.draw(at)}</span>
    </code>
  )
}

interface Piece extends ClassedRange {
  marked: boolean
}

/** A text cut into lines and coloured. */
class Lines {
  readonly #text: string
  readonly #starts: readonly number[]
  readonly #pieces: readonly Piece[]

  constructor(text: string, marks: readonly { from: number; to: number }[]) {
    this.#text = text
    this.#starts = lineStarts(text)
    this.#pieces = classifySql(text, new Set()).map((range) => ({
      ...range,
      marked: marks.some(({ from, to }) => range.from >= from && range.to <= to),
    }))
  }

  draw(line: number): ReactNode {
    const from = this.#starts[line] ?? 0
    const to = (this.#starts[line + 1] ?? this.#text.length + 1) - 1
    const nodes: ReactNode[] = []
    let at = from
    for (const piece of this.#pieces) {
      if (piece.to <= from) continue
      if (piece.from >= to) break
      const [first, last] = [Math.max(piece.from, from), Math.min(piece.to, to)]
      if (first > at) nodes.push(<Fragment key={at}>{this.#text.slice(at, first)}</Fragment>)
      nodes.push(
        <span key={first} className={`sql-${piece.kind} ${piece.marked ? 'value' : ''}`}>
          {this.#text.slice(first, last)}
        </span>,
      )
      at = last
    }
    nodes.push(<Fragment key="rest">{this.#text.slice(at, to)}</Fragment>)
    return nodes
  }
}
