import { Kysely, PostgresDialect, sql } from 'kysely'
import { Client, Pool, TypeOverrides, types } from 'pg'
import type { Config } from '#config.ts'
import { minutes, seconds } from '#platform/time.ts'
import type { Log } from '#platform/log/log.ts'
import type { StatementWatch } from '#platform/metrics/statements.ts'
import { connectionTo, explainTls } from './database-tls.ts'
import type { OpenedDatabase, RawSql, ServerRole } from './open-database.ts'
import { patientPool } from './patient-pool.ts'
import { beginScoped } from './scoped-query.ts'
import type { Database } from './tables.ts'

/** Connections are renewed after half an hour unless set, so that a moved or restarted database is met with fresh ones (S-036). */
const usualPool = { size: 10, connectionLifeSeconds: minutes(30) / seconds(1) }

export interface PostgresqlWish {
  /** Connections at most. */
  readonly size?: number
  readonly connectionLifeSeconds?: number
  readonly onStatement?: StatementWatch
  /** See `connectionTo`. */
  readonly tls?: Config['databaseTls']
}

/** Opens PostgreSQL: a pool for the app, and connections of their own for migrations, which `adminUrl` may lead around a pooler. */
export function openPostgresql(url: string, adminUrl: string, log: Log, wish: PostgresqlWish = {}): OpenedDatabase {
  const { tls = null, onStatement, ...poolOf } = { ...usualPool, ...wish }
  const pool = new Pool({
    ...connectionTo(url, tls),
    max: poolOf.size,
    maxLifetimeSeconds: poolOf.connectionLifeSeconds,
    connectionTimeoutMillis: seconds(10),
    types: valueTypes,
  })
  // Each connection has a listener for its whole life: one that is lost while it is in use would otherwise end the process.
  const tellLoss = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  pool.on('connect', (client) => client.on('error', tellLoss))
  pool.on('error', () => undefined)
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: patientPool(pool) }),
    ...(onStatement === undefined ? {} : { log: onStatement }),
  })
  return {
    kind: 'postgresql',
    db,
    async transaction(work, how = { snapshot: false }) {
      const client = new Client({ ...connectionTo(adminUrl, tls), types: valueTypes })
      client.on('error', tellLoss)
      await client.connect().catch((error: unknown) => {
        throw explainTls(error)
      })
      try {
        await beginScoped(
          client,
          'every-workspace',
          how.snapshot ? 'begin isolation level repeatable read read only' : 'begin',
        )
        const result = await work(rawSql(client))
        await client.query('commit')
        return result
      } finally {
        // Ending the connection rolls back what was not committed.
        await client.end()
      }
    },
    async serverRole() {
      const { rows } = await sql<ServerRole>`
        select rolname as name, rolsuper or rolbypassrls as "isExempt" from pg_roles where rolname = current_user`
        .execute(db)
        .catch((error: unknown) => {
          throw explainTls(error)
        })
      const [role] = rows
      if (role === undefined) throw new Error('the role of DATABASE_URL cannot be read')
      return role
    },
    dump: () => Promise.resolve(null),
    pool: () => ({
      limit: poolOf.size,
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
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
