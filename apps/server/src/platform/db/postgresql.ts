import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool, TypeOverrides, types } from 'pg'
import { minutes, seconds } from '#platform/time.ts'
import type { Log } from '#platform/log/log.ts'
import type { OpenedDatabase, RawSql } from './open-database.ts'
import type { Database } from './tables.ts'

/** Connections are renewed after half an hour, so that a moved or restarted database is met with fresh ones (S-036). */
const connectionLife = minutes(30)

/** Opens PostgreSQL: a pool for the app, and connections of their own for migrations, which `adminUrl` may lead around a pooler. */
export function openPostgresql(url: string, adminUrl: string, log: Log, poolSize = 10): OpenedDatabase {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    maxLifetimeSeconds: connectionLife / 1000,
    connectionTimeoutMillis: seconds(10),
    types: valueTypes,
  })
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return {
    kind: 'postgresql',
    db,
    async transaction(work) {
      const client = new Client({ connectionString: adminUrl, types: valueTypes })
      await client.connect()
      try {
        await client.query('begin')
        const result = await work(rawSql(client))
        await client.query('commit')
        return result
      } finally {
        // Ending the connection rolls back what was not committed.
        await client.end()
      }
    },
    dump: () => Promise.resolve(null),
    close: () => db.destroy(),
  }
}

/** date stays text, as on the embedded database; bigint is text by pg's own rule. */
const valueTypes = new TypeOverrides()
valueTypes.setTypeParser(types.builtins.DATE, (text) => text)

function rawSql(client: Client): RawSql {
  return {
    query: async (sql, parameters = []) => (await client.query(sql, [...parameters])).rows,
    script: async (sql) => {
      await client.query(sql)
    },
  }
}
