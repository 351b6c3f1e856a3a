type Place = 'local' | 'session'

/** A text kept by the browser, null where there is none or where storage is switched off. */
export function readStored(place: Place, key: string): string | null {
  try {
    return storage(place).getItem(key)
  } catch {
    return null
  }
}

/** Keeps a text in the browser, null removes it; answers whether that worked (storage can be full or switched off). */
export function writeStored(place: Place, key: string, value: string | null): boolean {
  try {
    if (value === null) storage(place).removeItem(key)
    else storage(place).setItem(key, value)
    return true
  } catch {
    return false
  }
}

/** What a sign-out leaves: how the app looks, and what the server does not know yet, text or the sign-out itself. Begin with `recomamp.`. */
const left = ['theme', 'density', 'motion', 'single-keys', 'pane.', 'privacy', 'draft.', 'new-query', 'sign-out-owed']

/** Forgets, in this browser and this tab, what tells of somebody's work: names of queries, places, what was opened last. */
export function forgetWork(): void {
  for (const place of ['local', 'session'] as const)
    for (const key of keysIn(place))
      if (!left.some((part) => key.startsWith(`recomamp.${part}`))) writeStored(place, key, null)
}

function keysIn(place: Place): string[] {
  try {
    return Object.keys(storage(place))
  } catch {
    return []
  }
}

function storage(place: Place): Storage {
  return place === 'local' ? localStorage : sessionStorage
}
