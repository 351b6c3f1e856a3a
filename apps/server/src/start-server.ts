import { type Settings, SettingsFault } from '#config.ts'
import { type Ctx, systemClock } from '#context.ts'
import { keepShippedCatalogue } from '#features/catalogue/index.ts'
import { type ProviderAddresses, createSignIn } from '#features/sign-in/index.ts'
import { hasEmbedded, openEmbedded } from '#platform/db/embedded.ts'
import { migrate, readMigrations } from '#platform/db/migrate.ts'
import type { OpenedDatabase } from '#platform/db/open-database.ts'
import { openPostgresql } from '#platform/db/postgresql.ts'
import { createJobRunner } from '#platform/jobs/job-runner.ts'
import { type Log, createLog } from '#platform/log/log.ts'
import { seconds } from '#platform/time.ts'
import { buildApp, version } from './app.ts'
import { completeSecrets } from './keys.ts'

export interface RunningServer {
  /** `http://127.0.0.1:8001`. */
  readonly url: string
  readonly ctx: Ctx
  /** Ready no more, claims no more, finishes what it holds within `limitMs`, closes everything. */
  stop(limitMs?: number): Promise<void>
}

export interface ServerParts {
  readonly settings: Settings
  /** Starts the emulator, or not, and tells its addresses. Called once the database is open and this process alone has it, so that a
   *  second process is refused for the reason that counts, and so that making synthetic data does not slow the first start. */
  readonly startSandbox: () => Promise<ProviderAddresses | null>
  readonly isSandboxReady: () => boolean
  readonly log?: Log
  readonly now?: () => Date
  /** Opens another database than the settings name. */
  readonly openDatabase?: () => Promise<OpenedDatabase>
  readonly onUnlistedProblem?: (message: string) => void
}

/** Held work has this long before the process ends; the whole stop stays under five seconds. */
const stopLimit = seconds(4)

/** Opens the database, brings it up to date, listens, starts the jobs. What fails on the way closes what was opened. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { settings } = parts
  const { config } = settings
  const log = parts.log ?? createLog(config.logLevel)
  const now = parts.now ?? systemClock
  const hadEmbedded = config.database === 'embedded' && hasEmbedded(config.dataDir)
  const database = await (parts.openDatabase ?? (() => openDatabase(settings, log)))()
  try {
    return await startOn(database, { ...parts, log, now }, hadEmbedded)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openDatabase({ config, secrets }: Settings, log: Log): Promise<OpenedDatabase> {
  if (secrets.databaseUrl === null || secrets.databaseAdminUrl === null) return openEmbedded(config.dataDir)
  return openPostgresql(secrets.databaseUrl, secrets.databaseAdminUrl, log)
}

async function startOn(
  database: OpenedDatabase,
  parts: ServerParts & { log: Log; now: () => Date },
  hadEmbedded: boolean,
): Promise<RunningServer> {
  const { log, now, settings } = parts
  const { config } = settings
  const { db } = database
  const hasData = hadEmbedded || (database.kind === 'postgresql' && (await hasConnections(database)))
  const secrets = await completeSecrets(settings, hasData, log)
  await migrate(database, await readMigrations(), { now: now(), log, dataDir: config.dataDir })
  await keepShippedCatalogue(db, version, now())

  const jobs = createJobRunner(log)
  const sandbox = await parts.startSandbox()
  const signIn = createSignIn({ config, secrets, db, log, now, sandbox })
  const ctx: Ctx = { config, secrets, db, log, now, amcFor: signIn.amcFor, wake: (job) => jobs.wake(job) }
  let isReady = false
  const built = await buildApp({
    ctx,
    signIn,
    isReady: () => isReady,
    isSandboxReady: () => parts.isSandboxReady(),
    onUnlistedProblem: parts.onUnlistedProblem ?? ((message) => log.error(message)),
  })
  const url = await listen(built.app, config)
  jobs.start(ctx, built.jobs)
  isReady = true
  return {
    url,
    ctx,
    async stop(limitMs = stopLimit) {
      isReady = false
      if (!(await jobs.stop(limitMs)))
        log.warn('some work did not end in time; its lease lapses and another round goes on')
      await built.app.close()
      await database.close()
    },
  }
}

async function hasConnections(database: OpenedDatabase): Promise<boolean> {
  return database.transaction(async (sql) => {
    const [table] = await sql.query(`select to_regclass('connections') is not null as here`)
    if (table?.['here'] !== true) return false
    const [row] = await sql.query('select exists (select 1 from connections) as here')
    return row?.['here'] === true
  })
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>['app'], config: Settings['config']): Promise<string> {
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await app.close()
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new SettingsFault([
        `PORT ${config.port} on ${config.host} is taken by another program; set PORT to a free one`,
      ])
    throw error
  }
  const address = app.server.address()
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return `http://${host}:${address !== null && typeof address === 'object' ? address.port : config.port}`
}
