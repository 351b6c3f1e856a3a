import { useCallback, useEffect, useRef, useState } from 'react'
import { rowGeometry, visibleRows } from './grid-geometry.ts'

interface ScrolledRows {
  /** For the `ref` of the scrolling element. */
  attach: (element: HTMLElement | null) => void
  /** The rows to draw, last exclusive. */
  first: number
  last: number
  /** Scrolls as little as needed to show a row. */
  reveal: (row: number) => void
}

/** Which of many rows of one height are in view of a scrolling element, so that only those are drawn. */
export function useScrolledRows(rowCount: number, rowHeight: number): ScrolledRows {
  const element = useRef<HTMLElement | null>(null)
  const [view, setView] = useState({ top: 0, height: 0 })
  const stop = useRef<() => void>(() => {})
  const attach = useCallback((next: HTMLElement | null) => {
    stop.current()
    element.current = next
    if (next === null) return
    let frame = 0
    const read = () => {
      frame = 0
      setView({ top: next.scrollTop, height: next.clientHeight })
    }
    const soon = () => void (frame ||= requestAnimationFrame(read))
    const sizes = new ResizeObserver(soon)
    sizes.observe(next)
    next.addEventListener('scroll', soon, { passive: true })
    stop.current = () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      next.removeEventListener('scroll', soon)
    }
  }, [])
  useEffect(() => () => stop.current(), [])
  return {
    attach,
    ...visibleRows(rowGeometry(rowCount, rowHeight, view.height), view.top, rowCount),
    reveal(row) {
      const scroller = element.current
      if (scroller === null) return
      const top = row * rowHeight
      if (top < scroller.scrollTop) scroller.scrollTop = top
      else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight)
        scroller.scrollTop = top + rowHeight - scroller.clientHeight
    },
  }
}
