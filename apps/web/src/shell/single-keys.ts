import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSingleKeysOn } from '#platform/single-keys.ts'

/** Where `g` and a letter lead. */
const places: Record<
  string,
  '/' | '/workbench' | '/queries' | '/executions' | '/data-sources' | '/templates' | '/instances' | '/settings'
> = {
  h: '/',
  w: '/workbench',
  q: '/queries',
  e: '/executions',
  d: '/data-sources',
  t: '/templates',
  i: '/instances',
  s: '/settings',
}

/** How long the second letter may take. */
const secondWithinMs = 1500

/** Keys that act outside text fields: `?` for help, `/` into the search of the page, `g` and a letter to another page. */
export function useSingleKeys(onHelp: () => void): void {
  const navigate = useNavigate()
  const [on] = useSingleKeysOn()
  useEffect(() => {
    if (!on) return
    let begunAt = -Infinity
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return
      const begun = event.timeStamp - begunAt < secondWithinMs
      begunAt = -Infinity
      const place = begun ? places[event.key] : undefined
      if (event.key === '?') onHelp()
      else if (event.key === '/') document.querySelector<HTMLElement>('[data-page-search] input')?.focus()
      else if (place !== undefined) void navigate({ to: place })
      else if (event.key === 'g') {
        begunAt = event.timeStamp
        return
      } else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [on, navigate, onHelp])
}

/** Whether a key press is text for a field, or belongs to a window over the page. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (node) =>
        node instanceof HTMLElement &&
        (node.isContentEditable ||
          ['INPUT', 'TEXTAREA', 'SELECT'].includes(node.tagName) ||
          node.getAttribute('role') === 'dialog' ||
          node.getAttribute('role') === 'listbox'),
    )
}
