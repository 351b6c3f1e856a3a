import { z } from 'zod'
import { readStored, writeStored } from '#platform/stored.ts'

const place = 'recomamp.palette'
const Keys = z.array(z.string().max(300)).max(10)

/** Keys of what was opened by the palette in this browser, the latest first. */
export function recentEntries(): string[] {
  try {
    return Keys.safeParse(JSON.parse(readStored('local', place) ?? '[]')).data ?? []
  } catch {
    return []
  }
}

export function rememberEntry(key: string): void {
  const others = recentEntries().filter((each) => each !== key)
  writeStored('local', place, JSON.stringify([key, ...others].slice(0, 10)))
}
