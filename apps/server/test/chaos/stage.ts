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
  /** The one that runs now. */
  readonly emulator: EmulatorProcess
  /** Kills the emulator and starts it again on its folder, at the same address. */
  restartEmulator(): Promise<void>
  /** Starts server number `at`, always at the same address and in the same role. */
  start(at: number): Promise<ServerProcess>
  /** The port of server number `at`, also while it does not run. */
  portOf(at: number): number
  /** The data folder of a server that is apart. */
  folderOf(at: number): string
  /** Ana, signed in at a server that runs. */
  ana(at: number): Promise<Person>
  /** How often each execution was told to have reached a status. The servers must have ended where the database is embedded. */
  told(status: string): Promise<Map<string, number>>
  /** The checksum of each stored result; the servers as for `told`. */
  checksums(): Promise<Map<string, string>>
  /** What the database answers to a statement, whatever its policies hide; the servers as for `told`. */
  ask<Row>(statement: string): Promise<Row[]>
  /** Ends every process, also one that is just starting, and removes what they wrote. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface StageOptions {
  database: DatabaseKind
  /** What each server does. */
  roles: readonly Role[]
  env: Readonly<Record<string, string>>
  /** Each server has a data folder of its own, as on machines of their own. */
  apart?: boolean
  emulatorOptions?: readonly string[]
}

/** Makes a database and a folder of their own, and starts the emulator; servers are started one by one. */
export async function openStage({
  database: kind,
  roles,
  env,
  apart = false,
  emulatorOptions = [],
}: StageOptions): Promise<Stage> {
  const folder = await freshDataDir()
  const database = await openTestDatabase(folder, kind)
  const emulatorPort = await freePort()
  const startEmulator = () => startEmulatorProcess(join(folder, 'amc'), emulatorPort, emulatorOptions)
  let emulator = await startEmulator()
  const { facts } = emulator
  const ports = await Promise.all(roles.map(() => freePort()))
  const running = new Map<number, Promise<ServerProcess>>()
  const folderOf = (at: number) => join(folder, `server-${at}`)
  const portOf = (at: number) => ports[at] ?? 0
  const ask = <Row>(statement: string) => query<Row>(folder, database.superUrl, statement)
  let closed = false
  return {
    get emulator() {
      return emulator
    },
    async restartEmulator() {
      await emulator.kill()
      emulator = await startEmulator()
    },
    portOf,
    folderOf,
    ask,
    start(at) {
      if (closed) return Promise.reject(new Error('the stage is closed'))
      const server = startServerProcess({
        NODE_COMPILE_CACHE: join(tmpdir(), 'recomamp-compile-cache'),
        ...database.env,
        ...env,
        DATA_DIR: apart ? folderOf(at) : folder,
        ROLE: roles[at] ?? 'all',
        PORT: String(portOf(at)),
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
    ana: (at) => signInAt(`http://127.0.0.1:${portOf(at)}`, 'ana', 'amazon'),
    async told(status) {
      const rows = await ask<{ id: string; times: number }>(
        `select payload->>'executionId' as id, count(*)::int as times from events
         where type = 'execution-changed' and payload->>'status' = '${status}' group by 1`,
      )
      return new Map(rows.map(({ id, times }) => [id, times]))
    },
    async checksums() {
      const rows = await ask<{ id: string; checksum: string }>(
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

async function query<Row>(folder: string, url: string | null, statement: string): Promise<Row[]> {
  if (url === null) {
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
