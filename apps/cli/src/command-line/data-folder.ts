import { join, resolve } from 'node:path'
import type { Session } from './session.ts'

/** The folder of `--data-dir`, of DATA_DIR, or the server's default. */
export function dataFolder(given: string | undefined, session: Session): string {
  const fromEnvironment = session.env['DATA_DIR']
  const isSet = fromEnvironment !== undefined && fromEnvironment !== ''
  return resolve(session.cwd, given ?? (isSet ? fromEnvironment : '.data'))
}

/** Where the server keeps the synthetic data too, so that it is made once; the files in it are only ever read. */
export function syntheticFolder(folder: string): string {
  return join(folder, 'synthetic')
}
