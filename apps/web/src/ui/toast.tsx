import { X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { shell } from '#messages/shell.ts'
import { Button } from './button.tsx'

interface Notice {
  id: number
  text: string
  undo: (() => void) | null
}

const shownForMs = 6000
let notice: Notice | null = null
let count = 0
const listeners = new Set<() => void>()

function show(next: Notice | null): void {
  notice = next
  for (const listener of listeners) listener()
}

/** Says in one line what was done, for six seconds, with the way back; a newer notice takes its place. Never for errors.
 *  Answers what takes it back early. */
export function tell(text: string, undo: (() => void) | null = null): () => void {
  count += 1
  const id = count
  show({ id, text, undo })
  return () => {
    if (notice?.id === id) show(null)
  }
}

/** Where notices appear; stands once in the frame. On top of everything, an open dialog too, which leaves it in reach. */
export function ToastRegion() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => notice,
  )
  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => notice === shown && show(null), shownForMs)
    return () => clearTimeout(timer)
  }, [shown])
  return createPortal(
    <div role="status" className="toast-place" data-react-aria-top-layer="true">
      {shown !== null && (
        <div key={shown.id} className="toast">
          <span>{shown.text}</span>
          {shown.undo !== null && (
            <Button
              size="small"
              onPress={() => {
                show(null)
                shown.undo?.()
              }}
            >
              {shell.undo}
            </Button>
          )}
          <Button look="quiet" size="small" square aria-label={shell.close} onPress={() => show(null)}>
            <X size={14} strokeWidth={1.7} aria-hidden />
          </Button>
        </div>
      )}
    </div>,
    document.body,
  )
}
