import type { ClientTiming } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'

/** Each place is a series of its own, and browsers name them: beyond these they are counted as one. */
const placesApart = 200
const places = new WeakMap<Ctx['metrics'], Set<string>>()

/** Counts what a browser measured, without saying whose it was, and writes it down where somebody looks closely. */
export function keepTimings({ log, metrics }: Ctx, timings: readonly ClientTiming[]): undefined {
  const known = places.get(metrics) ?? new Set()
  places.set(metrics, known)
  for (const timing of timings) {
    if (known.size < placesApart) known.add(timing.place)
    const place = known.has(timing.place) ? timing.place : 'other'
    metrics.browserTimings.observe({ kind: timing.kind, place }, timing.ms / 1000)
    log.debug({ clientTiming: timing }, 'measured in a browser')
  }
}
