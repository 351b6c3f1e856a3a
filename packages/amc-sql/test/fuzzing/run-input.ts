import type { Schema } from '../../src/index.ts'
import { threadTime } from '../growth-of-time.ts'
import type { Beginnings } from './beginnings.ts'
import { faultsOf } from './check-input.ts'
import { inputOf, type Kind } from './inputs.ts'

/** What one input did. */
export interface Run {
  seed: number
  kind: Kind
  text: string
  /** Milliseconds of this thread's own time, so that a busy machine does not count. */
  time: number
  faults: string[]
}

/** Time that any input may take, and what each kB of it may take besides: far above what is usual, far below what is quadratic. */
const budget = { always: 500, perKilobyte: 60 }

/** Makes the input of a seed and runs it through everything; a throw and too much time are faults too. */
export function runInput(seed: number, beginnings: Beginnings, schema: Schema): Run {
  const { kind, text, choices } = inputOf(seed, beginnings)
  const faults: string[] = []
  const time = threadTime(() => {
    try {
      faults.push(...faultsOf(text, choices, schema))
    } catch (error) {
      faults.push(`throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  })
  const most = budget.always + (budget.perKilobyte * text.length) / 1000
  if (time > most)
    faults.push(`takes ${Math.round(time)} ms for ${text.length} characters, more than ${Math.round(most)}`)
  return { seed, kind, text, time, faults }
}
