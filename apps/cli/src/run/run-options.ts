import type { ParameterDeclaration, ParameterValue, RunWindow } from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'
import type { Session } from '../command-line/session.ts'
import { readDeclarations } from '../parameters/read-declarations.ts'
import { readValues } from '../parameters/read-values.ts'
import { readWindow } from './read-window.ts'

/** What happens to rows below Amazon's thresholds: they go, they lose values, or nothing as in a sandbox with its controls off. */
export type PrivacyMode = 'remove-rows' | 'blank-values' | 'off'

/** What decides a run beside its query. */
export interface RunSettings {
  given: ReadonlyMap<string, ParameterValue>
  declared: readonly ParameterDeclaration[]
  window: RunWindow
  privacy: PrivacyMode
  now: Date
}

export const runOptions = {
  param: { type: 'string', multiple: true },
  declare: { type: 'string', multiple: true },
  'window-start': { type: 'string' },
  'window-end': { type: 'string' },
  'time-zone': { type: 'string' },
  'settled-after': { type: 'string' },
  'blank-values': { type: 'boolean', default: false },
  'no-privacy': { type: 'boolean', default: false },
} as const

export const runOptionsHelp = `  --param NAME=VALUE      value of a {{NAME}} or CUSTOM_PARAMETER('NAME'); a list is written as a JSON array or by naming it again
  --declare NAME:TYPE     type of a parameter where the query does not tell it; TYPE[] is a list, NAME:TYPE=VALUE gives a default
  --window-start T        start of the time window, 2025-07-15T00:00:00 or 2025-07-15
  --window-end T          its end, exclusive; without a window the seven days that ended 14 days ago
  --time-zone ZONE        zone of the window, such as America/New_York (UTC)
  --settled-after DAYS    how many days ago the window ends that is taken without one (14)
  --blank-values          keep rows below their threshold and blank their values, as AMC does when it is asked to
  --no-privacy            every row, as in a sandbox with aggregation controls off
`

interface RunValues {
  param?: string[]
  declare?: string[]
  'window-start'?: string
  'window-end'?: string
  'time-zone'?: string
  'settled-after'?: string
  'blank-values': boolean
  'no-privacy': boolean
}

/** Reads the options; throws a UsageError for what does not fit. */
export function readRunSettings(values: RunValues, session: Session): RunSettings {
  const now = session.now()
  return {
    given: readValues(values.param),
    declared: readDeclarations(values.declare) ?? [],
    window: readWindow(values, now),
    privacy: privacyMode(values),
    now,
  }
}

function privacyMode({ 'blank-values': blank, 'no-privacy': off }: RunValues): PrivacyMode {
  if (blank && off) throw new UsageError('--blank-values and --no-privacy exclude each other')
  return off ? 'off' : blank ? 'blank-values' : 'remove-rows'
}
