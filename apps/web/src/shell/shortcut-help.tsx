import type { ReactNode } from 'react'
import { Suspense, useCallback, useState } from 'react'
import { shell } from '#messages/shell.ts'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { useSingleKeys } from './single-keys.ts'

const ShortcutList = lazyPart(() => import('./shortcut-list.tsx').then((module) => module.ShortcutList))

/** The list of shortcuts, behind its button and behind `?`; what single keys do outside text fields hangs here too. */
export function ShortcutHelp({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  useSingleKeys(show)
  return (
    <>
      <Button look="quiet" square aria-label={shell.help} onPress={show}>
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
