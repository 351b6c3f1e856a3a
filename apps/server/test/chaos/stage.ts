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
} from '@recomamp/testkit'
import { openEmbedded } from '@recomamp/server'
import { sql } from 'kysely'
import { Client } from 'pg'
import { type EmulatorProcess, freePort, startEmulatorProcess } from '../flows/kill-processes.ts'

/** Server processes on one database, and an emulator apart from them. */
export interface Stage {
  readonly emulator: EmulatorProcess
  /** Starts server number `at`, always at the same address. */
  start(at: number): Promise<ServerProcess>
  /** Ana, signed in at a server that runs. */
  ana(at: number): Promise<Person>
  /** How often each execution was told to have reached a status. The servers must have ended where the database is embedded. */
  told(status: string): Promise<Map<string, number>>
  [Symbol.asyncDispose](): Promise<void>
}

/** Makes a database and a folder of their own, and starts the emulator; servers are started one by one. */
export async function openStage(
  kind: DatabaseKind,
  env: Readonly<Record<string, string>>,
  emulatorOptions: readonly string[] = [],
): Promise<Stage> {
  const folder = await freshDataDir()
  const database = await openTestDatabase(folder, kind)
  const emulator = await startEmulatorProcess(join(folder, 'amc'), await freePort(), emulatorOptions)
  const { facts } = emulator
  const ports = [await freePort(), await freePort()]
  const running = new Map<number, ServerProcess>()
  return {
    emulator,
    async start(at) {
      const server = await startServerProcess({
        NODE_COMPILE_CACHE: join(tmpdir(), 'recomamp-compile-cache'),
        ...database.env,
        ...env,
        DATA_DIR: folder,
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
      const statement = `select payload->>'executionId' as id, count(*)::int as times from events
        where type = 'execution-changed' and payload->>'status' = '${status}' group by 1`
      const rows = await query(folder, database.env['DATABASE_URL'], statement)
      return new Map(rows.map(({ id, times }) => [id, times]))
    },
    async [Symbol.asyncDispose]() {
      for (const server of running.values()) await server.stop('SIGKILL')
      await emulator.kill()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function query(
  folder: string,
  url: string | undefined,
  statement: string,
): Promise<{ id: string; times: number }[]> {
  if (url === undefined) {
    const embedded = await openEmbedded(folder)
    const { rows } = await sql.raw<{ id: string; times: number }>(statement).execute(embedded.db)
    await embedded.close()
    return rows
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string; times: number }>(statement)
  await client.end()
  return rows
}
