import { setTimeout as wait } from 'node:timers/promises'

/** Works on what is due, several keys at a time and each key once at a time, and looks again every `everyMs` while anything
 *  is under way: a key that hangs holds up nobody else. Ends when nothing is due or under way; after `signal` it begins
 *  nothing more and waits for what it has begun. */
export async function sideBySide<Key>(
  signal: AbortSignal,
  options: {
    limit: number
    everyMs: number
    due(): Promise<readonly Key[]>
    work(key: Key): Promise<void>
    onFault(error: unknown): void
  },
): Promise<void> {
  const running = new Map<Key, Promise<void>>()
  // What is under way is still waited for, also when the next look fails.
  const told = (error: unknown): readonly Key[] => {
    options.onFault(error)
    return []
  }
  do {
    const due = signal.aborted ? [] : await options.due().catch(told)
    for (const key of due) {
      if (running.size >= options.limit || signal.aborted) break
      if (running.has(key)) continue
      running.set(
        key,
        options
          .work(key)
          .catch((error: unknown) => options.onFault(error))
          .finally(() => running.delete(key)),
      )
    }
    const all = Promise.all(running.values())
    if (signal.aborted) await all
    else await Promise.race([all, wait(options.everyMs, undefined, { ref: false })])
  } while (running.size > 0)
}
