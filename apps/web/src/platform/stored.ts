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

function storage(place: Place): Storage {
  return place === 'local' ? localStorage : sessionStorage
}
