import { Search } from 'lucide-react'
import { Suspense, lazy, useEffect, useState } from 'react'
import { palette as t } from '#messages/palette.ts'

const load = () => import('./palette.tsx')
const Palette = lazy(() => load().then((module) => ({ default: module.Palette })))

/** The way into the palette, behind its button and behind Ctrl K or Cmd K on every page. A plain button, since it stands in what is loaded first. */
export function PaletteButton({ phone }: { phone: boolean }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOpen(true)
    }
    // Before an editor that has the focus takes the key.
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [])
  return (
    <>
      <button
        type="button"
        // The text is its name; where there is no room for it, the title is.
        {...(phone ? { 'aria-label': t.open } : { title: t.open })}
        aria-keyshortcuts="Control+K Meta+K"
        className={phone ? 'btn quiet square' : 'palette-button'}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(true)}
      >
        <Search size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
        {!phone && (
          <>
            <span className="cut flex-1 text-left">{t.open}</span>
            <kbd aria-hidden className="kbd">
              {t.key}
            </kbd>
          </>
        )}
      </button>
      {open && (
        <Suspense>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
