/** What tests and people may change while the emulator runs. */
export interface Settings {
  /** Amazon's is 3600. */
  accessTokenSeconds: number
  /** Life of a presigned link; Amazon's is 600. */
  linkSeconds: number
  /** How long an execution stays PENDING before it may run. */
  pendingMs: number
  /** The least time that an execution is RUNNING; it takes longer when its query does. */
  runningMs: number
  /** Above this size a result goes on in another file, up to five. */
  partBytes: number
  /** What a trailing `Z` in a window does: 400, an empty result, or nothing. */
  zoneSuffix: 'refuse' | 'empty' | 'accept'
  /** Answers single objects as the published description has them, `{"workflow":{…}}`, instead of bare as recorded. */
  wrapSingles: boolean
  /** When set, every execution that begins ends REJECTED with this text. */
  rejectExecutions: string | null
}

export const defaultSettings: Settings = {
  accessTokenSeconds: 3600,
  linkSeconds: 600,
  pendingMs: 300,
  runningMs: 0,
  partBytes: 64 * 1024 * 1024,
  zoneSuffix: 'refuse',
  wrapSingles: false,
  rejectExecutions: null,
}

/** Executions that AMC runs at once per instance by API; the rest stay PENDING (guide execute-workflow). */
export const runningPerInstance = 10
