import { createLog } from '#platform/log/log.ts'
import { systemClock } from '#context.ts'
import { openInMemory } from '#platform/db/embedded.ts'
import { migrate, readMigrations } from '#platform/db/migrate.ts'
import { printSchema } from '#platform/db/print-schema.ts'

export { isExpectedFault } from './expected-faults.ts'
export { importInto } from './import-catalogue.ts'
export type { ImportedCatalogue } from '#features/catalogue/index.ts'
export { type RestoredBackup, restoreBackup } from './backup/restore-backup.ts'
export { type WrittenBackup, writeBackup } from './backup/write-backup.ts'
export { type KeyRotation, rotateKeys } from './rotate-keys.ts'

/** The text of apps/server/schema.sql as the migrations make it now. */
export async function currentSchema(): Promise<string> {
  const database = await openInMemory()
  try {
    await migrate(database, await readMigrations(), { now: systemClock(), log: createLog('silent'), dataDir: null })
    return await database.transaction(printSchema)
  } finally {
    await database.close()
  }
}
