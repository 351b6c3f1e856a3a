import type { LocalEngine } from '@recomamp/amc-local'
import { type Settings, SettingsFault } from '#config.ts'
import { type Ctx, systemClock } from '#context.ts'
import { keepShippedCatalogue } from '#features/catalogue/index.ts'
import { type ProviderAddresses, createSignIn } from '#features/sign-in/index.ts'
import { hasEmbedded, openEmbedded } from '#platform/db/embedded.ts'
import { migrate, readMigrations } from '#platform/db/migrate.ts'
import type { OpenedDatabase } from '#platform/db/open-database.ts'
import { openPostgresql } from '#platform/db/postgresql.ts'
import { openFiles } from '#platform/files/open-files.ts'
import { createJobRunner } from '#platform/jobs/job-runner.ts'
import { settleAccess } from '#platform/db/settle-access.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { tolerantJson } from '#platform/db/tolerant-json.ts'
import { type Log, createLog } from '#platform/log/log.ts'
import { watchJobs } from '#platform/metrics/jobs.ts'
import { type Metrics, createMetrics } from '#platform/metrics/metrics.ts'
import { type StatementWatch, watchStatements } from '#platform/metrics/statements.ts'
import { seconds } from '#platform/time.ts'
import { connectRedis } from '#platform/redis/connect-redis.ts'
import { createSharedCache } from '#platform/redis/shared-cache.ts'
import type { Tracing } from '#platform/tracing/tracing.ts'
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
  /** Answers the same each time; whoever gave it closes it after the server. */
  readonly synthetic: () => LocalEngine
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
  const metrics = createMetrics()
  const tracing = await openTracing(settings)
  const open = parts.openDatabase ?? (() => openDatabase(settings, log, watchStatements(metrics, log, tracing)))
  const database = await open()
  try {
    return await startOn(database, { ...parts, log, metrics, tracing, now }, hadEmbedded)
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The library is loaded only where somebody wants to hear. */
async function openTracing({ config, secrets }: Settings): Promise<Tracing | null> {
  if (config.tracing === null) return null
  const { startTracing } = await import('#platform/tracing/otlp.ts')
  return startTracing({ ...config.tracing, headers: secrets.tracingHeaders, version })
}

async function openDatabase(
  { config, secrets }: Settings,
  log: Log,
  onStatement: StatementWatch,
): Promise<OpenedDatabase> {
  if (secrets.databaseUrl === null || secrets.databaseAdminUrl === null)
    return openEmbedded(config.dataDir, onStatement)
  return openPostgresql(secrets.databaseUrl, secrets.databaseAdminUrl, log, {
    ...config.databasePool,
    onStatement,
    tls: config.databaseTls,
  })
}

async function startOn(
  database: OpenedDatabase,
  parts: ServerParts & { log: Log; metrics: Metrics; tracing: Tracing | null; now: () => Date },
  hadEmbedded: boolean,
): Promise<RunningServer> {
  const { log, metrics, tracing, now, settings } = parts
  const { config } = settings
  const db = database.db.withPlugin(tolerantJson(log))
  const hasData = hadEmbedded || (database.kind === 'postgresql' && (await hasConnections(database)))
  const secrets = await completeSecrets(settings, hasData, log)
  const migrations = await readMigrations()
  await migrate(database, migrations, { now: now(), log, dataDir: config.dataDir })
  await settleAccess(database, migrations, log)
  await acrossWorkspaces(() => keepShippedCatalogue(db, version, now()))

  const loops = watchJobs(metrics, now)
  const jobs = createJobRunner(log, loops)
  const sandbox = await parts.startSandbox()
  const redis = secrets.redisUrl === null ? null : connectRedis(secrets.redisUrl, log)
  const shared =
    redis !== null && config.sharedCache ? createSharedCache(redis, { keys: secrets.fernetKeys, version, now }) : null
  const signIn = createSignIn({ config, secrets, db, shared, log, metrics, tracing, now, sandbox })
  const ctx: Ctx = {
    config,
    secrets,
    db,
    files: openFiles(config, secrets, now),
    log,
    metrics,
    tracing,
    now,
    amcFor: signIn.amcFor,
    synthetic: parts.synthetic,
    shared,
    wake: (job) => jobs.wake(job),
  }
  let isReady = false
  const built = await buildApp({
    ctx,
    signIn,
    redis,
    pool: database.pool,
    databaseKind: database.kind,
    loops,
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
      redis?.disconnect()
      await database.close()
      await tracing?.stop()
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
