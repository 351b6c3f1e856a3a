import type { ReactNode } from 'react'
import { Suspense, lazy, useEffect, useState } from 'react'
import { shell } from '#messages/shell.ts'
import { Button } from '#ui/button.tsx'

const ShortcutList = lazy(() => import('./shortcut-list.tsx').then((module) => ({ default: module.ShortcutList })))

/** The list of shortcuts, behind its button and behind `?` outside text fields. */
export function ShortcutHelp({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event)) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button look="quiet" square aria-label={shell.help} onPress={() => setOpen(true)}>
        {children}
      </Button>
      {open && (
        <Suspense>
          <ShortcutList onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Whether a key press is text for a field. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (node) =>
        node instanceof HTMLElement &&
        (node.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(node.tagName)),
    )
}
