import { Search } from 'lucide-react'
import { Suspense, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { palette as t } from '#messages/palette.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

const load = () => import('./palette.tsx')
const Palette = lazyPart(() => load().then((module) => module.Palette))

const nothingTyped = { text: '', entered: false }

interface FirstKeysProps {
  text: string
  onChange: (next: (begun: typeof nothingTyped) => typeof nothingTyped) => void
  onClose: () => void
}

/** Keeps what is typed while the code of the palette is on its way. The focus stays where it was, for the palette to give it back. */
function FirstKeys({ text, onChange, onClose }: FirstKeysProps) {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') onClose()
      else if (event.key === 'Enter') onChange((begun) => ({ ...begun, entered: true }))
      else if (event.key === 'Backspace') onChange((begun) => ({ ...begun, text: begun.text.slice(0, -1) }))
      else if (event.key.length === 1) onChange((begun) => ({ ...begun, text: begun.text + event.key }))
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [onChange, onClose])
  return (
    <div className="dialog-scrim palette-scrim">
      <div className="dialog palette">
        <p className="text-16 border-line flex h-[54px] flex-none items-center border-b px-4">{text}</p>
      </div>
    </div>
  )
}

/** The way into the palette, behind its button and behind Ctrl K or Cmd K on every page. A plain button, since it stands in what is loaded first. */
export function PaletteButton({ phone }: { phone: boolean }) {
  const [open, setOpen] = useState(false)
  const [begun, setBegun] = useState(nothingTyped)
  const close = useCallback(() => {
    setOpen(false)
    setBegun(nothingTyped)
  }, [])
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
        <Suspense fallback={<FirstKeys text={begun.text} onChange={setBegun} onClose={close} />}>
          <Palette begun={begun} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
