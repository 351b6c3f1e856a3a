import { type Settings, SettingsFault } from '#config.ts'
import { hasEmbedded, openEmbedded } from '#platform/db/embedded.ts'
import { demandCurrent, readMigrations } from '#platform/db/migrate.ts'
import type { OpenedDatabase } from '#platform/db/open-database.ts'
import { openPostgresql } from '#platform/db/postgresql.ts'
import { createLog } from '#platform/log/log.ts'

/** The database of an installation for a command: it must exist and be at the program's migration. The embedded one must be free
 *  (FolderInUse); on PostgreSQL servers may run. Throws a SettingsFault where there is none. */
export async function openInstallation(settings: Settings): Promise<OpenedDatabase> {
  const database = await open(settings)
  try {
    await demandCurrent(database, await readMigrations())
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function open({ config, secrets }: Settings): Promise<OpenedDatabase> {
  const { databaseUrl, databaseAdminUrl } = secrets
  if (databaseUrl !== null && databaseAdminUrl !== null)
    return openPostgresql(databaseUrl, databaseAdminUrl, createLog('silent'), {
      ...config.databasePool,
      size: 2,
      tls: config.databaseTls,
    })
  if (!hasEmbedded(config.dataDir))
    throw new SettingsFault([
      `DATA_DIR ${config.dataDir} holds no database; set DATA_DIR or DATABASE_URL as the server has them`,
    ])
  return openEmbedded(config.dataDir)
}
