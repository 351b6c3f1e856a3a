import type { Config } from '#config.ts'
import { seconds } from '#platform/time.ts'

/** Settings of the run flow, with the values that hold where the configuration names none. */
interface ExecutionSettings {
  /** EXECUTION_SETTLE_SECONDS: nothing whose answer was lost is sent again before it has passed. Longer than the time-out of
   *  a request (30 s) and than any delay that the emulator can be set to (60 s). */
  readonly executionSettleMs: number
  /** EXECUTION_SLOTS: unfinished submissions per instance; AMC runs 10 at once by API and queues the rest. */
  readonly executionSlots: number
}

const usual: ExecutionSettings = { executionSettleMs: seconds(90), executionSlots: 10 }

/** The settings of the run flow. */
export function executionSettings(config: Config & Partial<ExecutionSettings>): ExecutionSettings {
  return {
    executionSettleMs: config.executionSettleMs ?? usual.executionSettleMs,
    executionSlots: config.executionSlots ?? usual.executionSlots,
  }
}
