import type { DatabaseSync } from 'node:sqlite'
import type { Schema } from '@recomamp/amc-sql'
import type { FaultBox } from './control/faults.ts'
import type { QueryEngine } from './runs/engine.ts'
import type { Settings } from './settings.ts'

/** What every part of the emulator may touch. */
export interface Context {
  db: DatabaseSync
  dataDir: string
  now: () => Date
  settings: Settings
  faults: FaultBox
  engine: QueryEngine
  schema: Schema
  clientId: string
  clientSecret: string
  /** Signs download links; lasts as long as the folder. */
  linkSecret: string
  /** Where the store behind the links listens. */
  storePort: number
}
