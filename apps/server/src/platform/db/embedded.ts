import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PGlite, type Transaction, types } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { StatementWatch } from '#platform/metrics/statements.ts'
import { lockFolder } from './folder-lock.ts'
import type { OpenedDatabase, RawRow, RawSql } from './open-database.ts'
import type { Database } from './tables.ts'

/** bigint and date stay text, so that no digit and no day is lost and both databases answer alike. */
const parsers = { [types.INT8]: (value: string) => value, [types.DATE]: (value: string) => value }

/** Opens the embedded database in `<dataDir>/database` for this process alone; throws FolderInUse. */
export async function openEmbedded(dataDir: string, onStatement?: StatementWatch): Promise<OpenedDatabase> {
  const folder = join(dataDir, 'database')
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
  const lock = lockFolder(folder)
  try {
    return opened(await PGlite.create({ dataDir: folder, parsers }), () => lock.release(), onStatement)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Whether a folder holds an embedded database. */
export function hasEmbedded(dataDir: string): boolean {
  return existsSync(join(dataDir, 'database', 'PG_VERSION'))
}

/** A database in memory, empty or from a dump; for tests and for printing the schema. */
export async function openInMemory(dump?: Blob): Promise<OpenedDatabase> {
  return opened(await PGlite.create({ parsers, ...(dump === undefined ? {} : { loadDataDir: dump }) }), () => {})
}

function opened(lite: PGlite, onClosed: () => void, onStatement?: StatementWatch): OpenedDatabase {
  const db = new Kysely<Database>({
    dialect: new PGliteDialect({ pglite: lite }),
    ...(onStatement === undefined ? {} : { log: onStatement }),
  })
  return {
    kind: 'embedded',
    db,
    transaction: (work) => lite.transaction((tx) => work(rawSql(tx))),
    serverRole: () => Promise.resolve({ name: 'postgres', isExempt: true }),
    dump: () => lite.dumpDataDir('gzip'),
    pool: () => null,
    async close() {
      // Kysely closes the instance itself only when it has run a statement.
      await db.destroy()
      if (!lite.closed) await lite.close()
      onClosed()
    },
  }
}

function rawSql(tx: Transaction): RawSql {
  return {
    query: async (sql, parameters = []) => (await tx.query<RawRow>(sql, [...parameters])).rows,
    script: async (sql) => {
      await tx.exec(sql)
    },
  }
}
