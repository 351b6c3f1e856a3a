import type { KeyboardEvent, PointerEvent } from 'react'
import { useState } from 'react'
import { readStored, writeStored } from '#platform/stored.ts'

/** The size of a pane in pixels, remembered under a name. */
export function usePaneSize(name: string, usual: number): [number, (size: number) => void] {
  const key = `recomamp.pane.${name}`
  const [size, setSize] = useState(() => Number(readStored('local', key) ?? usual) || usual)
  return [
    size,
    (next) => {
      setSize(next)
      writeStored('local', key, String(next))
    },
  ]
}

interface SplitterProps {
  label: string
  /** The pane whose size it changes lies before (left, above) or after it. */
  pane: 'before' | 'after'
  orientation: 'vertical' | 'horizontal'
  size: number
  usual: number
  min: number
  max: number
  onResize: (size: number) => void
}

/** A divider between panes: drag it, or arrows by 16 px, with Shift by 64, Home and End; a double click resets. */
export function Splitter({ label, pane, orientation, size, usual, min, max, onResize }: SplitterProps) {
  const resize = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))))
  const sign = pane === 'before' ? 1 : -1

  const onKeyDown = (event: KeyboardEvent) => {
    const step = (event.shiftKey ? 64 : 16) * sign
    const grow = orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown'
    const shrink = orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp'
    if (event.key === grow) resize(size + step)
    else if (event.key === shrink) resize(size - step)
    else if (event.key === 'Home') resize(min)
    else if (event.key === 'End') resize(max)
    else return
    event.preventDefault()
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    const splitter = event.currentTarget
    const at = (move: globalThis.PointerEvent | PointerEvent) =>
      orientation === 'vertical' ? move.clientX : move.clientY
    const from = at(event)
    const follow = (move: globalThis.PointerEvent) => resize(size + (at(move) - from) * sign)
    splitter.setPointerCapture(event.pointerId)
    splitter.addEventListener('pointermove', follow)
    splitter.addEventListener('lostpointercapture', () => splitter.removeEventListener('pointermove', follow), {
      once: true,
    })
  }

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className="splitter"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => resize(usual)}
    />
  )
}
