import { useEffect, useState } from 'react'
import type { FieldRow } from './field-rows.ts'
import { type RowLayout, rowAtTop } from './row-layout.ts'

/** How much of the top of the page is covered by what sticks there, in pixels. */
export function coveredTop(scroller: HTMLElement): number {
  return scroller.querySelector<HTMLElement>('[data-sticky]')?.offsetHeight ?? 0
}

/**
 * The id of the section, or of the group of fields, that is read: the last one that begins above the line below what sticks. Groups
 * are found by computing, since rows that are not in view are not in the page.
 */
export function useSectionInView(
  scroller: HTMLElement | null,
  list: HTMLElement | null,
  rows: readonly FieldRow[],
  layout: RowLayout,
): string {
  const [current, setCurrent] = useState('overview')
  useEffect(() => {
    if (scroller === null) return
    let frame = 0
    const read = () => {
      frame = 0
      const line = scroller.getBoundingClientRect().top + coveredTop(scroller) + 24
      const sections = [...scroller.querySelectorAll<HTMLElement>('[data-section]')]
      const atEnd = scroller.scrollTop > 0 && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2
      const begun = sections.findLast((section) => section.getBoundingClientRect().top <= line) ?? sections[0]
      // The last parts may be too short to reach the line; then the one that was asked for is it.
      const asked = sections.find(({ id }) => `#${id}` === location.hash)
      const section = (atEnd ? (asked ?? sections.at(-1)) : begun)?.id ?? 'overview'
      setCurrent((section === 'fields' ? groupAt(line, list, rows, layout) : null) ?? section)
    }
    const soon = () => void (frame ||= requestAnimationFrame(read))
    // Asked at once, the whole page would be laid out a time more before it is painted.
    soon()
    scroller.addEventListener('scroll', soon, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      scroller.removeEventListener('scroll', soon)
    }
  }, [scroller, list, rows, layout])
  return current
}

function groupAt(line: number, list: HTMLElement | null, rows: readonly FieldRow[], layout: RowLayout): string | null {
  if (list === null) return null
  const at = rowAtTop(layout, line - list.getBoundingClientRect().top)
  return rows.slice(0, at + 1).findLast((row) => row.kind === 'group')?.key ?? null
}
