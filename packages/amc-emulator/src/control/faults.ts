/** A disturbance of one operation, named by Amazon's operation id (`createWorkflowExecution`), or `*` for every `/amc/` call. */
export interface Fault {
  operation: string
  /** For how many calls; null until cleared. */
  times?: number | null
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
}

export interface FaultBox {
  add(fault: Fault): void
  clear(): void
  /** The fault that the next call of an operation meets, counted down. */
  take(operation: string, isAmcCall: boolean): Fault | null
}

const longestDelayMs = 60_000

export function createFaultBox(initial: readonly Fault[]): FaultBox {
  let open: { fault: Fault; left: number }[] = []
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
    take: (operation, isAmcCall) => {
      const found = open.find(
        ({ fault, left }) => left > 0 && (fault.operation === operation || (fault.operation === '*' && isAmcCall)),
      )
      if (found === undefined) return null
      found.left -= 1
      open = open.filter(({ left }) => left > 0)
      return found.fault
    },
  }
}
