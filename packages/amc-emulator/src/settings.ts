/** What a trailing `Z` in a window can do: 400, an empty result, or nothing. */
export const zoneSuffixes = ['refuse', 'empty', 'accept'] as const

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
  /** What a trailing `Z` in a window does (sources disagree about what Amazon makes of it). */
  zoneSuffix: (typeof zoneSuffixes)[number]
  /** Answers single objects as the published description has them, `{"workflow":{…}}`, instead of bare as recorded. */
  wrapSingles: boolean
  /** False answers every call of an account with AMC's 403 until it is true again. */
  termsAccepted: boolean
  /** How long the creation of an instance takes. */
  instanceReadyMs: number
  /** By how much Amazon's clock is ahead of this machine's; negative for behind. */
  clockSkewSeconds: number
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
  termsAccepted: true,
  instanceReadyMs: 3000,
  clockSkewSeconds: 0,
  rejectExecutions: null,
}

/** Executions that AMC runs at once per instance by API; the rest stay PENDING (guide execute-workflow). */
export const runningPerInstance = 10

/** The same for all instances of one AMC account together. */
export const runningPerAccount = 200
