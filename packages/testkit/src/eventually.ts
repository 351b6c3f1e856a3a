import { setTimeout as wait } from 'node:timers/promises'

/** Asks again until the answer is neither null, undefined nor false; throws after `limitMs` with the last error, if there was one. */
export async function eventually<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 60_000,
): Promise<T> {
  const end = performance.now() + limitMs
  let last: unknown = new Error(`nothing came within ${limitMs} ms`)
  do {
    try {
      const answer = await ask()
      if (answer !== null && answer !== undefined && answer !== false) return answer
    } catch (error) {
      last = error
    }
    await wait(25)
  } while (performance.now() < end)
  throw last
}
