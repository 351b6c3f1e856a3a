import type { Ctx } from '#context.ts'

/** Background work that lives beside the state that it changes; `app.ts` lists all of them. */
export interface Job {
  readonly name: string
  /** Counted from the end of a round, so that rounds never overlap. */
  readonly everyMs: number
  /** One round: claims what is due under a lease and works on it; after `signal` it claims no more and finishes what it holds. */
  run(ctx: Ctx, signal: AbortSignal): Promise<void>
}
