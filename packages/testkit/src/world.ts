import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Emulator, type EmulatorOptions, startEmulator } from '@recomamp/amc-emulator'
import { openLocalEngine } from '@recomamp/amc-local'
import { getCurrentUser } from '@recomamp/contracts'
import {
  type RunningServer,
  acrossWorkspaces,
  createLog,
  readSettings,
  startServer,
  type ServerParts,
} from '@recomamp/server'
import { type Between, startAnswerProxy } from './answer-proxy.ts'
import { everyRow } from './every-row.ts'
import { eventually } from './eventually.ts'
import { createLogScan } from './log-scan.ts'
import { type Person, signInAt } from './person.ts'
import { freshDataDir } from './server-process.ts'
import { type DatabaseKind, type TestDatabase, openTestDatabase, testKeys } from './test-database.ts'
import { testCache } from './test-cache.ts'

export interface WorldOptions {
  /** PostgreSQL where TEST_DATABASE_URL is set, otherwise embedded. */
  database?: DatabaseKind
  /** Prepares the database, which is empty, before the server comes to it, and answers settings that follow from that. */
  prepare?: (database: TestDatabase) => Promise<Readonly<Record<string, string>>>
  /** Settings of the server, by their environment name, over those that suit tests. */
  env?: Readonly<Record<string, string>>
  emulator?: Pick<EmulatorOptions, 'timings' | 'settings' | 'faults'>
  log?: ServerParts['log']
  /** Changes what passes between the server and the emulator; the browser's consent page is reached directly. */
  between?: Between
}

/** The product with everything around it, all of it real: database, emulator, server, people. */
export interface World extends AsyncDisposable {
  readonly emulator: Emulator
  readonly dataDir: string
  /** AMC as a connection reaches it; its calls are made in the scope of who makes them. */
  amcFor: RunningServer['ctx']['amcFor']
  /** Of this world's PostgreSQL, as the server has it; empty on an embedded database. */
  readonly databaseUrl: string
  /** The database of the server that runs now, with the rows of all workspaces. */
  readonly db: RunningServer['ctx']['db']
  /** The server that runs now. */
  server(): RunningServer
  url(): string
  /** The clock of server and emulator: real time and what it was advanced by. Waiting is done in real time. */
  readonly clock: { readonly now: () => Date; advance(milliseconds: number): void }
  /** Signs in as one of the sandbox's people and waits until all their instances have been read. */
  signIn(name: string): Promise<Person>
  /** Stops the server and starts one anew on the same data. */
  restart(): Promise<void>
  /** One more server on the same data; PostgreSQL only. */
  startAnother(): Promise<RunningServer>
}

/** Starts a world of its own; ends it with `await using`. Fails at its end when a route threw a problem that its endpoint does not list,
 *  or when the log holds a credential. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const dataDir = await freshDataDir()
  const state = options.prepare === undefined ? 'migrated' : 'empty'
  const database = await openTestDatabase(dataDir, options.database, state)
  const prepared = (await options.prepare?.(database)) ?? {}
  const clock = createClock()
  const engine = openLocalEngine({ folder: await testCache('synthetic'), endDay: '2026-11-20' })
  const emulator = await startEmulator({
    port: 0,
    dataDir: join(dataDir, 'emulator'),
    engine,
    now: clock.now,
    timings: { pendingMs: 20, runningMs: 20 },
    ...options.emulator,
  })
  const proxy = options.between === undefined ? null : await startAnswerProxy(emulator.url, options.between)
  const reached = (url: string) => (proxy === null ? url : url.replace(emulator.url, proxy.url))
  const sandbox = {
    ...emulator,
    adsApiUrl: reached(emulator.url),
    tokenUrl: reached(emulator.tokenUrl),
    profileUrl: reached(emulator.profileUrl),
  }
  const unlisted: string[] = []
  const scan = createLogScan()
  const start = () =>
    startServer({
      settings: readSettings({ ...testEnv(dataDir), ...database.env, ...prepared, ...options.env }),
      startSandbox: () => Promise.resolve(sandbox),
      isSandboxReady: () => engine.isReady(),
      synthetic: () => engine,
      now: clock.now,
      onUnlistedProblem: (message) => unlisted.push(message),
      log: options.log ?? createLog('debug', scan),
    })
  let server = await start()
  const others: RunningServer[] = []
  return {
    emulator,
    dataDir,
    databaseUrl: database.env['DATABASE_URL'] ?? '',
    clock,
    db: everyRow(() => server),
    amcFor: (id) => acrossWorkspaces(() => server.ctx.amcFor(id)),
    server: () => server,
    url: () => server.url,
    async signIn(name) {
      const person = await signInAt(server.url, name)
      for (const secret of [person.accessToken, ...person.cookies.values()]) scan.know(secret)
      // Discovery goes account by account; what it still tells would reach a test that has begun. Asked at the database, because
      // calls would use up the rate limit that a test sets low.
      const ids = (await person.call(getCurrentUser, {})).connections.map(({ id }) => id)
      await eventually(async () => {
        const found = everyRow(() => server)
          .selectFrom('connections')
          .select('id')
          .where('id', 'in', ids)
        return (await found.where('discovery_requested_at', 'is not', null).execute()).length === 0
      })
      return person
    },
    async restart() {
      await server.stop()
      server = await start()
    },
    async startAnother() {
      const other = await start()
      others.push(other)
      return other
    },
    async [Symbol.asyncDispose]() {
      for (const one of [...others, server]) await one.stop()
      await proxy?.close()
      await emulator.close()
      // Data that is being made for all tests is made to its end.
      await engine.ready
      await engine.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
      scan.demandClean()
      if (unlisted.length > 0) throw new Error(unlisted.join('\n'))
    },
  }
}

function testEnv(dataDir: string): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...testKeys,
    RATE_LIMIT_PER_MINUTE: '100000',
    RATE_LIMIT_SIGNED_IN_PER_MINUTE: '100000',
  }
}

function createClock(): World['clock'] {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    advance(milliseconds) {
      ahead += milliseconds
    },
  }
}
