import { z } from 'zod'
import { readStored, writeStored } from './stored.ts'

/** Something that one page of this tab leaves for another. */
export interface HandOver<T> {
  leave: (value: T) => void
  /** What was left, once: it is removed at once, so that a reload does not bring it back. Null for none, a broken or an expired one. */
  take: () => T | null
}

const defaultLifeMs = 10 * 60_000

/**
 * A place of one shape in the storage of this tab, for what neither the address nor a saved row holds (S-016). What lies there longer than its
 * life is no longer given: nobody expects it any more.
 */
export function handOver<Schema extends z.ZodType>(
  key: string,
  schema: Schema,
  options: { lifeMs?: number; now?: () => number } = {},
): HandOver<z.infer<Schema>> {
  const { lifeMs = defaultLifeMs, now = Date.now } = options
  const Kept = z.looseObject({ expires_at: z.number() })
  return {
    leave: (value) =>
      void writeStored('session', key, JSON.stringify({ ...Object(value), expires_at: now() + lifeMs })),
    take() {
      const text = readStored('session', key)
      if (text === null) return null
      writeStored('session', key, null)
      try {
        const json: unknown = JSON.parse(text)
        const kept = Kept.safeParse(json)
        if (kept.success && kept.data.expires_at < now()) return null
        return schema.safeParse(json).data ?? null
      } catch {
        return null
      }
    },
  }
}
