import { PanelBottom, PanelLeft, PanelRight } from 'lucide-react'
import { type RefObject, memo, useEffect, useEffectEvent } from 'react'
import { workbench } from '#messages/workbench.ts'
import { storedSwitch } from '#platform/stored-switch.ts'

const t = workbench.panes

/** The panes beside the editor that can be put away. */
export type Pane = 'schema' | 'values' | 'result'

const useSchemaAway = storedSwitch('recomamp.pane.schema.is', 'away')
const useValuesAway = storedSwitch('recomamp.pane.values.is', 'away')
const useResultAway = storedSwitch('recomamp.pane.result.is', 'away')

/** Which panes are put away, as this browser remembers it, and how to change that. */
export function usePanesAway(): { isAway: Record<Pane, boolean>; setAway: (pane: Pane, isAway: boolean) => void } {
  const [schema, setSchema] = useSchemaAway()
  const [values, setValues] = useValuesAway()
  const [result, setResult] = useResultAway()
  const set = { schema: setSchema, values: setValues, result: setResult }
  return { isAway: { schema, values, result }, setAway: (pane, isAway) => set[pane](isAway) }
}

const icons = { schema: PanelLeft, values: PanelRight, result: PanelBottom } as const

/** Puts a pane away, and brings it back. */
export const PaneButton = memo(function PaneButton({ pane }: { pane: Pane }) {
  const { isAway, setAway } = usePanesAway()
  const { name, key, shortcut } = t[pane]
  const Icon = icons[pane]
  return (
    <button
      type="button"
      className="btn quiet small square"
      aria-label={name}
      title={`${name} (${key})`}
      aria-expanded={!isAway[pane]}
      aria-keyshortcuts={shortcut}
      onClick={() => setAway(pane, !isAway[pane])}
    >
      <Icon size={14} strokeWidth={1.7} aria-hidden />
    </button>
  )
})

/** The keys of the panes: each is put away and brought back, and F6 goes from one to the next. */
export function usePaneKeys(root: RefObject<HTMLElement | null>, onToggle: (pane: Pane) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.composedPath().some((one) => one instanceof Element && one.matches('.dialog, .popover'))) return
    const pane = paneOf(event)
    const isStep = event.key === 'F6' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (pane !== null) onToggle(pane)
    else if (isStep && root.current !== null) focusNext(root.current, event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const onCapture = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', onCapture, { capture: true })
    return () => removeEventListener('keydown', onCapture, { capture: true })
  }, [])
}

function paneOf({ code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Pane | null {
  if (ctrlKey === metaKey || shiftKey) return null
  if (code === 'KeyB') return altKey ? 'values' : 'schema'
  return code === 'KeyJ' && !altKey ? 'result' : null
}

/** Gives the focus to the next of the panes on screen, `data-pane` elements in the order of the page, at its main or first control. */
function focusNext(root: HTMLElement, step: 1 | -1): void {
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => controlOf(pane) !== null)
  const at = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = panes[at === -1 ? (step === 1 ? 0 : panes.length - 1) : (at + step + panes.length) % panes.length]
  if (next !== undefined) controlOf(next)?.focus()
}

function controlOf(pane: HTMLElement): HTMLElement | null {
  const controls = pane.querySelectorAll<HTMLElement>(
    'input:enabled, button:enabled, a[href], [contenteditable="true"], [tabindex="0"]',
  )
  const main = pane.querySelector<HTMLElement>('[data-main]')
  return main ?? [...controls].find((each) => each.tabIndex >= 0 && each.checkVisibility()) ?? null
}
