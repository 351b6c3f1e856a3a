import { createRandom } from './random.ts'
import type { Random } from './random.ts'

/** A disturbance of one operation, named by Amazon's operation id (`createWorkflowExecution`), `downloadResult` for the store
 *  behind the links, or `*` for every `/amc/` call. */
export interface Fault {
  operation: string
  /** For how many calls; null until cleared. */
  times?: number | null
  /** Which part of the calls it meets, from 0 to 1; all of them when left out. */
  probability?: number
  /** Wait before the call is handled; at most 60 s in all, so that a settle time of 90 s is always longer. */
  delayBeforeMs?: number
  /** Wait after the state is written and before the answer goes out. */
  delayAfterMs?: number
  /** Destroy the connection: before anything is done, or after the state is written (the answer is lost). */
  drop?: 'before' | 'after'
  /** Answer this status instead of handling the call. */
  status?: number
  /** The header Retry-After, in seconds. */
  retryAfterSeconds?: number
  /** The text of that answer. */
  details?: string
  /** What becomes of the call's access token before it is handled: it expires, or the grant behind it is revoked. */
  token?: 'expire' | 'revoke'
  /** Break the connection off after so many bytes of the body; the header still announces all of them. */
  truncateAfterBytes?: number
  /** Change the body of the answer: a field less, another type, a cut, HTML in its place; never to another status of AMC's. */
  mutate?: boolean
}

/** What a fault did to a call, to count it by: `downloadResult: drop after`. */
export function nameOfFault(operation: string, fault: Fault): string {
  const { operation: _, times: _times, probability: _probability, details: _details, ...effects } = fault
  const told = Object.entries(effects).map(([effect, value]) => `${effect} ${String(value)}`)
  return `${operation}: ${told.join(', ')}`
}

export interface FaultBox {
  add(fault: Fault): void
  clear(): void
  list(): Fault[]
  /** The fault that the next call of an operation meets, counted down. */
  take(operation: string, isAmcCall: boolean): Fault | null
  /** The numbers from which mutations and probabilities come: the same for the same seed. */
  readonly random: Random
}

/** So that a settle time of 90 s is always longer. */
export const longestDelayMs = 60_000

/** Faults that meet calls in the order in which they were added. Throws RangeError for delays that are too long. */
export function createFaultBox(initial: readonly Fault[], seed = 1): FaultBox {
  let open: { fault: Fault; left: number }[] = []
  const random = createRandom(seed)
  const add = (fault: Fault) => {
    if ((fault.delayBeforeMs ?? 0) + (fault.delayAfterMs ?? 0) > longestDelayMs)
      throw new RangeError(`delayBeforeMs and delayAfterMs together may be ${longestDelayMs} at most`)
    open.push({ fault, left: fault.times ?? Infinity })
  }
  for (const fault of initial) add(fault)
  return {
    add,
    clear: () => {
      open = []
    },
    list: () => open.map(({ fault, left }) => ({ ...fault, times: left === Infinity ? null : left })),
    take: (operation, isAmcCall) => {
      const found = open.find(
        ({ fault }) =>
          (fault.operation === operation || (fault.operation === '*' && isAmcCall)) &&
          (fault.probability === undefined || random() < fault.probability),
      )
      if (found === undefined) return null
      found.left -= 1
      open = open.filter(({ left }) => left > 0)
      return found.fault
    },
    random,
  }
}
