import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type DatabaseKind,
  freshDataDir,
  openTestDatabase,
  type Person,
  type ServerProcess,
  signInAt,
  startServerProcess,
  freePort,
} from '@recomamp/testkit'
import { openEmbedded } from '@recomamp/server'
import { sql } from 'kysely'
import { Client } from 'pg'
import { type EmulatorProcess, startEmulatorProcess } from '../flows/kill-processes.ts'

export type Role = 'all' | 'api' | 'worker'

/** Server processes on one database, and an emulator apart from them. */
export interface Stage {
  readonly emulator: EmulatorProcess
  /** Starts server number `at`, always at the same address and in the same role. */
  start(at: number): Promise<ServerProcess>
  /** Ana, signed in at a server that runs. */
  ana(at: number): Promise<Person>
  /** How often each execution was told to have reached a status. The servers must have ended where the database is embedded. */
  told(status: string): Promise<Map<string, number>>
  /** The checksum of each stored result; the servers as for `told`. */
  checksums(): Promise<Map<string, string>>
  /** Ends every process, also one that is just starting, and removes what they wrote. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface StageOptions {
  database: DatabaseKind
  /** What each server does. */
  roles: readonly Role[]
  env: Readonly<Record<string, string>>
  emulatorOptions?: readonly string[]
}

/** Makes a database and a folder of their own, and starts the emulator; servers are started one by one. */
export async function openStage({ database: kind, roles, env, emulatorOptions = [] }: StageOptions): Promise<Stage> {
  const folder = await freshDataDir()
  const database = await openTestDatabase(folder, kind)
  const emulator = await startEmulatorProcess(join(folder, 'amc'), await freePort(), emulatorOptions)
  const { facts } = emulator
  const ports = await Promise.all(roles.map(() => freePort()))
  const running = new Map<number, Promise<ServerProcess>>()
  let closed = false
  return {
    emulator,
    start(at) {
      if (closed) return Promise.reject(new Error('the stage is closed'))
      const server = startServerProcess({
        NODE_COMPILE_CACHE: join(tmpdir(), 'recomamp-compile-cache'),
        ...database.env,
        ...env,
        DATA_DIR: folder,
        ROLE: roles[at] ?? 'all',
        PORT: String(ports[at]),
        EMULATOR: 'off',
        AMAZON_CLIENT_ID: facts.clientId,
        AMAZON_CLIENT_SECRET: facts.clientSecret,
        AMAZON_AUTHORIZE_URL: facts.authorizeUrl,
        AMAZON_TOKEN_URL: facts.tokenUrl,
        AMAZON_PROFILE_URL: facts.profileUrl,
        AMAZON_ADS_API_URL: facts.url,
      })
      running.set(at, server)
      return server
    },
    ana: (at) => signInAt(`http://127.0.0.1:${ports[at]}`, 'ana', 'amazon'),
    async told(status) {
      const rows = await query<{ id: string; times: number }>(
        folder,
        database.env['DATABASE_URL'],
        `select payload->>'executionId' as id, count(*)::int as times from events
         where type = 'execution-changed' and payload->>'status' = '${status}' group by 1`,
      )
      return new Map(rows.map(({ id, times }) => [id, times]))
    },
    async checksums() {
      const rows = await query<{ id: string; checksum: string }>(
        folder,
        database.env['DATABASE_URL'],
        'select id, result_checksum as checksum from workflow_executions where result_checksum is not null',
      )
      return new Map(rows.map(({ id, checksum }) => [id, checksum]))
    },
    async [Symbol.asyncDispose]() {
      closed = true
      for (const started of await Promise.allSettled(running.values()))
        if (started.status === 'fulfilled') await started.value.stop('SIGKILL')
      await emulator.kill()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function query<Row>(folder: string, url: string | undefined, statement: string): Promise<Row[]> {
  if (url === undefined) {
    const embedded = await openEmbedded(folder)
    const { rows } = await sql.raw<Row>(statement).execute(embedded.db)
    await embedded.close()
    return rows
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows as Row[]
}
