import { DatabaseSync } from 'node:sqlite'

/** Another process has the embedded database open. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'

  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another process. Stop that process first, ` +
        'give this one a DATA_DIR of its own, or set DATABASE_URL so that several processes can share one PostgreSQL.',
    )
  }
}

/** Takes the folder for this process until `release` or its end; throws FolderInUse.
 *  An operating-system lock through SQLite: nothing is left behind by a killed process, and PGlite itself has none. */
export function lockFolder(folder: string): { release(): void } {
  const lock = new DatabaseSync(`${folder}.lock`)
  try {
    lock.exec('pragma locking_mode = exclusive; pragma busy_timeout = 0; begin exclusive')
  } catch (cause) {
    lock.close()
    if (cause instanceof Error && cause.message.includes('database is locked')) throw new FolderInUse(folder)
    throw cause
  }
  return { release: () => lock.close() }
}
