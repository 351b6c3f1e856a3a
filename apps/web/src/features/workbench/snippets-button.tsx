import { ListPlus } from 'lucide-react'
import { Suspense, useRef } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { workbench } from '#messages/workbench.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

const t = workbench.snippets
const SnippetsPanel = lazyPart(() => import('./snippets-panel.tsx').then((module) => module.SnippetsPanel))

/** The idioms of AMC, to be put where the cursor is. */
export function SnippetsButton({ onInsert }: { onInsert: (template: string) => void }) {
  const chosen = useRef<string | null>(null)
  return (
    <DialogTrigger
      onOpenChange={(isOpen) => {
        const template = chosen.current
        chosen.current = null
        // An open popover holds the focus; once it is gone, the editor can take it.
        if (!isOpen && template !== null) setTimeout(() => onInsert(template))
      }}
    >
      <Button className="btn quiet small square" aria-label={t.title}>
        <ListPlus size={15} strokeWidth={1.6} aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog aria-label={t.title} className="flex max-h-[60vh] w-[640px] max-w-[92vw] outline-none">
          {({ close }) => (
            <Suspense>
              <SnippetsPanel
                onChoose={(template) => {
                  chosen.current = template
                  close()
                }}
              />
            </Suspense>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
