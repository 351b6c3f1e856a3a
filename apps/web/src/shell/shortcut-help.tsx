import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { shell } from '#messages/shell.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

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
      <Dialog title={shell.helpTitle} isOpen={open} onClose={() => setOpen(false)}>
        {shell.shortcuts.map(({ group, keys }) => (
          <section key={group}>
            <h3 className="text-12 text-text-2 mb-1">{group}</h3>
            <dl className="text-12 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1">
              {keys.map(([key, what]) => (
                <div key={key} className="contents">
                  <dt>{what}</dt>
                  <dd>
                    <kbd className="kbd">{key}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Dialog>
    </>
  )
}

/** Whether a key press is text for a field; the editor lives in a shadow root, so the event's path is asked. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (node) =>
        node instanceof HTMLElement &&
        (node.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(node.tagName)),
    )
}
