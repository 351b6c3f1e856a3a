import { useEffect, useState } from 'react'
import { type RowLayout, rowsInView } from './row-layout.ts'

const step = 32

/** Which rows of a list are in view of the page that it scrolls with, so that only those are drawn. */
export function useRowsInView(
  scroller: HTMLElement | null,
  list: HTMLElement | null,
  layout: RowLayout,
): { first: number; last: number } {
  // Until it is read: what stands above the list takes about half of the window.
  const [view, setView] = useState(() => ({ top: 0, height: innerHeight / 2 }))
  useEffect(() => {
    if (scroller === null || list === null) return
    let frame = 0
    const read = () => {
      frame = 0
      const distance = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top
      // In steps, so that a pixel of scrolling draws nothing anew.
      const top = Math.floor(distance / step) * step
      const height = scroller.clientHeight + step
      setView((old) => (old.top === top && old.height === height ? old : { top, height }))
    }
    const soon = () => void (frame ||= requestAnimationFrame(read))
    read()
    const sizes = new ResizeObserver(soon)
    sizes.observe(scroller)
    // What stands above the list can change its height.
    for (const part of scroller.children) sizes.observe(part)
    scroller.addEventListener('scroll', soon, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      scroller.removeEventListener('scroll', soon)
    }
  }, [scroller, list])
  return rowsInView(layout, view.top, view.height)
}
