import { Fragment, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { type Mark, sqlLines } from './sql-spans.ts'

interface SqlLinesProps {
  text: string
  label: string
  marks?: readonly Mark[]
  /** The line that all this is about, with what is to be said below it; it is scrolled to. */
  fault?: { line: number; note: ReactNode } | null
}

/** A query to read, line by line, with what stands out in it and one place explained. */
export function SqlLines({ text, label, marks, fault = null }: SqlLinesProps) {
  const lines = useMemo(() => sqlLines(text, marks), [text, marks])
  const list = useRef<HTMLElement>(null)
  const faulty = useRef<HTMLLIElement>(null)
  const line = fault?.line
  useEffect(() => {
    const [scroller, row] = [list.current, faulty.current]
    // Only its own list moves: what stands above it on a phone stays in view.
    if (scroller !== null && row !== null) scroller.scrollTop = row.offsetTop - scroller.clientHeight / 2
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another text has its lines elsewhere
  }, [line, text])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long query scrolls, and keys must reach it
    <section ref={list} className="sql-lines" tabIndex={0} aria-label={label}>
      <ol>
        {lines.map((each) => (
          <Fragment key={each.number}>
            <li
              ref={each.number === line ? faulty : null}
              className={each.number === line ? 'faulty' : ''}
              aria-current={each.number === line ? 'location' : undefined}
            >
              <span aria-hidden className="number" data-number={each.number} />
              <code>
                {each.spans.map((span, at) => (
                  <span key={at} className={span.className}>
                    {span.text}
                  </span>
                ))}
              </code>
            </li>
            {each.number === line && fault !== null && <li className="faulty note">{fault.note}</li>}
          </Fragment>
        ))}
      </ol>
    </section>
  )
}
