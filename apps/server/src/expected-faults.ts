import { SettingsFault } from '#config.ts'
import { BackupFault } from './backup/backup-form.ts'
import { DatabaseTlsFault } from '#platform/db/database-tls.ts'
import { FolderInUse } from '#platform/db/folder-lock.ts'
import { DatabaseIsNewer, DatabaseIsOlder } from '#platform/db/migrate.ts'

/** Whether an error is a sentence for whoever runs the program, and no fault of the program. */
export function isExpectedFault(error: unknown): error is Error {
  return (
    error instanceof SettingsFault ||
    error instanceof BackupFault ||
    error instanceof DatabaseTlsFault ||
    error instanceof FolderInUse ||
    error instanceof DatabaseIsNewer ||
    error instanceof DatabaseIsOlder
  )
}
