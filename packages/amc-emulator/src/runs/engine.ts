import type { LocalEngine } from '@recomamp/amc-local'

/** What the emulator needs of the local engine. */
export type QueryEngine = Pick<LocalEngine, 'ready' | 'run'>
