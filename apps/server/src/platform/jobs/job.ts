import type { Ctx } from '#context.ts'

/** Background work that lives beside the state that it changes; `app.ts` lists all of them. */
export interface Job {
  readonly name: string
  /** Counted from the end of a round, so that rounds never overlap. */
  readonly everyMs: number
  /** One round: claims what is due in all workspaces, under a lease, and works on it in the scope of its own (`inWorkspace`); after
   *  `signal` it claims no more and finishes what it holds. One that goes on for long calls `beat` again and again. */
  run(ctx: Ctx, signal: AbortSignal, beat: () => void): Promise<void>
}
