import { setTimeout as wait } from 'node:timers/promises'

/** Works on what `claim` gives, up to `lanes` pieces side by side, and goes on claiming while any of them is under way: a piece
 *  that takes long, or hangs, holds up no other. Ends when nothing is left and all work has ended; after `signal` it claims no more. */
export async function inLanes<Held>(
  signal: AbortSignal,
  options: {
    lanes: number
    /** How often it looks for more while work is under way. */
    everyMs: number
    /** Takes the next piece; null when none is due. */
    claim(): Promise<Held | null>
    work(held: Held): Promise<void>
    onFault(error: unknown): void
    /** Called while it goes on, as a sign of life. */
    beat?(): void
  },
): Promise<void> {
  const running = new Set<Promise<void>>()
  const begin = (held: Held): void => {
    const piece = options
      .work(held)
      .catch((error: unknown) => options.onFault(error))
      .finally(() => running.delete(piece))
    running.add(piece)
  }
  try {
    do {
      options.beat?.()
      while (!signal.aborted && running.size < options.lanes) {
        const held = await options.claim()
        if (held === null) break
        begin(held)
      }
      if (!signal.aborted && running.size > 0)
        await Promise.race([...running, wait(options.everyMs, undefined, { ref: false })])
    } while (!signal.aborted && running.size > 0)
  } finally {
    await Promise.all(running)
  }
}
