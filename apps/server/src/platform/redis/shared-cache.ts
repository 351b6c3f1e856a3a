import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { fernetDecrypt, fernetEncrypt } from '#platform/crypto/fernet.ts'
import { hashOf, randomSecret } from '#platform/crypto/random-secret.ts'
import { later, seconds } from '#platform/time.ts'

/**
 * What all processes of an installation know together, in Redis: each answer under the hash of its name, encrypted and signed with
 * FERNET_KEY, so that Redis holds nothing in clear and who can write to it can grant nothing. Where Redis does not answer, nothing is known.
 */
export interface SharedCache {
  /** What is known of who may do what; null where Redis does not answer. */
  permission<T>(name: string, schema: z.ZodType<T>): Promise<Permission<T> | null>
  /** When this has resolved, no process answers from a permission that was read before. Without Redis it takes as long as one lives. */
  forgetPermissions(): Promise<void>
  /** An answer that stays true, computed where it is not known. */
  fact<T>(name: string, lifeMs: number, schema: z.ZodType<T>, compute: () => Promise<T>): Promise<T>
}

export interface Permission<T> {
  readonly known: T | null
  /** Keeps what was read from the database after this was asked. */
  keep(value: T): void
}

/** How long a permission is known without the database. */
const permissionLife = seconds(5)
/** How long a request waits for Redis, and how long it is then left alone. */
const patience = 100
const leftAlone = seconds(1)
/** A larger answer is cheaper to compute than to carry around. */
const largest = 1024 * 1024

const prefix = 'recomamp:known:'
const markKey = `${prefix}mark`

/** Names its place too: an entry that was moved to another one says nothing there. */
const Entry = z.object({ name: z.string(), mark: z.string(), until: z.number(), value: z.unknown() })

/**
 * Permissions carry the mark that stood in Redis before they were read from the database; who changes sessions, tokens or members sets a new
 * mark behind the commit. So an entry that was read before the change is void, even when it is written after it:
 *
 *     process A   asks, mark 1 ── reads the row ──────────────────────── writes, mark 1   (void: the mark is 2)
 *     process B                                 ── commits ── sets mark 2
 */
export function createSharedCache(
  redis: Redis,
  { keys, version, now }: { keys: readonly string[]; version: string; now: () => Date },
): SharedCache {
  let leftAloneUntil = 0

  /** Null where Redis does not answer in time. */
  async function asked<T>(command: () => Promise<T>): Promise<{ answer: T } | null> {
    if (performance.now() < leftAloneUntil) return null
    const tooLong = new AbortController()
    try {
      const answer = command()
      const late = wait(patience, null, { signal: tooLong.signal, ref: false })
      const first = await Promise.race([answer.then((found) => ({ answer: found })), late])
      if (first !== null) return first
      answer.catch(() => undefined)
    } catch {
      // Told by the connection itself, once.
    } finally {
      tooLong.abort()
    }
    leftAloneUntil = performance.now() + leftAlone
    return null
  }

  // Another version may know other answers.
  const placeOf = (name: string) => `${prefix}${hashOf(`${version} ${name}`)}`

  function put(name: string, mark: string, value: unknown, lifeMs: number): void {
    if (lifeMs <= 0) return
    const text = JSON.stringify({ name, mark, until: later(now(), lifeMs).getTime(), value })
    const [key] = keys
    if (key === undefined || text.length > largest) return
    void asked(() => redis.set(placeOf(name), fernetEncrypt(text, key, now()), 'PX', Math.ceil(lifeMs)))
  }

  /** Undefined for what is over, of another place, or not ours. */
  function open(name: string, sealed: string | null): z.infer<typeof Entry> | undefined {
    if (sealed === null) return undefined
    try {
      const entry = Entry.parse(JSON.parse(fernetDecrypt(sealed, keys)))
      return entry.name === name && entry.until > now().getTime() ? entry : undefined
    } catch {
      return undefined
    }
  }

  /** A lost mark is a new one: what was known before counts no more. */
  async function beginMark(): Promise<string | null> {
    const set = await asked(() => redis.set(markKey, randomSecret(''), 'NX'))
    const found = set === null ? null : await asked(() => redis.get(markKey))
    return found?.answer ?? null
  }

  return {
    async permission(name, schema) {
      const begun = performance.now()
      const found = await asked(() => redis.mget(markKey, placeOf(name)))
      if (found === null) return null
      const mark = found.answer[0] ?? (await beginMark())
      if (mark === null) return null
      const entry = open(name, found.answer[1] ?? null)
      const value = entry?.mark === mark ? schema.safeParse(entry.value).data : undefined
      return {
        known: value ?? null,
        keep: (fresh) => put(name, mark, fresh, permissionLife - (performance.now() - begun)),
      }
    },
    async forgetPermissions() {
      leftAloneUntil = 0
      if ((await asked(() => redis.set(markKey, randomSecret('')))) === null) await wait(permissionLife)
    },
    async fact(name, lifeMs, schema, compute) {
      const found = await asked(() => redis.get(placeOf(name)))
      const known = schema.safeParse(open(name, found?.answer ?? null)?.value)
      if (known.success) return known.data
      const answer = await compute()
      put(name, '', answer, lifeMs)
      return answer
    },
  }
}
