import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Redis } from 'ioredis'
import type { Ctx } from '#context.ts'
import { copyRoutes, syncCopiesJob } from '#features/amc-copies/index.ts'
import { auditRoutes } from '#features/audit/index.ts'
import { catalogueRoutes, checkRepositoryJob } from '#features/catalogue/index.ts'
import { cleanupJob } from '#features/cleanup/index.ts'
import { clientTimingRoutes } from '#features/client-timings/index.ts'
import { dataSourceRoutes } from '#features/data-sources/index.ts'
import { createEventStreams, eventRoutes, tellEventsJob } from '#features/events/index.ts'
import { executionJobs, executionRoutes, openResultStore } from '#features/executions/index.ts'
import { deleteExportsJob, dropExportCopiesJob, exportRoutes, makeExportsJob } from '#features/exports/index.ts'
import { discoverInstancesJob, instanceRoutes } from '#features/instances/index.ts'
import { dropResultCopiesJob, keepingRoutes, removeOldJob, sweepResultsJob } from '#features/keeping/index.ts'
import { liveSchemaRoutes, readSchemasJob } from '#features/live-schemas/index.ts'
import { localRunRoutes } from '#features/local-runs/index.ts'
import { refreshMetrics, reportProcessJob, statusRoutes } from '#features/watching/index.ts'
import { memberRoutes } from '#features/members/index.ts'
import { personalTokenRoutes } from '#features/personal-tokens/index.ts'
import { type SignIn, checkConnectionsJob, refreshTokensJob, signInRoutes } from '#features/sign-in/index.ts'
import { templateRoutes } from '#features/templates/index.ts'
import { emptyTrashJob, trashRoutes } from '#features/trash/index.ts'
import { collectWebhookEventsJob, createChannels, deliverWebhooksJob, webhookRoutes } from '#features/webhooks/index.ts'
import { removeWorkspacesJob, workspaceDeletionRoutes } from '#features/workspace-deletion/index.ts'
import { workflowRoutes } from '#features/workflows/index.ts'
import type { OpenedDatabase } from '#platform/db/open-database.ts'
import type { App } from '#platform/http/app-types.ts'
import { buildHttp } from '#platform/http/build-http.ts'
import type { LoopWatch } from '#platform/metrics/jobs.ts'
import { createOutbound } from '#platform/outbound/outbound.ts'
import type { Job } from '#platform/jobs/job.ts'

/** The version that the API and its description name. */
export const version = String(createRequire(import.meta.url)('../package.json').version)
const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

export interface Parts {
  readonly ctx: Ctx
  readonly signIn: SignIn
  readonly redis: Redis | null
  readonly pool: OpenedDatabase['pool']
  readonly databaseKind: OpenedDatabase['kind']
  readonly loops: LoopWatch
  readonly isReady: () => boolean
  /** Whether the sandbox's data has been made. */
  readonly isSandboxReady: () => boolean
  readonly onUnlistedProblem: (message: string) => void
}

/** Every route and every job of the product. The worker role answers probes only, the api role runs no work on rows. */
export async function buildApp(parts: Parts): Promise<{ app: App; jobs: readonly Job[] }> {
  const { ctx, signIn } = parts
  const { role } = ctx.config
  const streams = createEventStreams()
  ctx.metrics.build.set({ version, role }, 1)
  const app = await buildHttp({
    config: ctx.config,
    redis: parts.redis,
    log: ctx.log,
    metrics: ctx.metrics,
    tracing: ctx.tracing,
    metricsToken: ctx.secrets.metricsToken,
    refreshMetrics: () => refreshMetrics(ctx, { pool: parts.pool, streams: streams.count() }),
    version,
    webFolder,
    identify: signIn.identify,
    isReady: parts.isReady,
    onUnlistedProblem: parts.onUnlistedProblem,
  })
  const results = openResultStore(ctx.files.results)
  app.addHook('onClose', () => results.close())
  const outbound = createOutbound(ctx.config.outboundAllowedNetworks)
  const channels = createChannels(outbound, { smtpUrl: ctx.secrets.smtpUrl, from: ctx.config.mailFrom })
  app.addHook('onClose', () => channels.close())
  if (role !== 'worker') {
    signInRoutes(app, ctx, signIn, { version, isSandboxReady: parts.isSandboxReady })
    memberRoutes(app, ctx, signIn.membersChanged)
    personalTokenRoutes(app, ctx, signIn.tokenCallers)
    auditRoutes(app, ctx)
    keepingRoutes(app, ctx)
    workspaceDeletionRoutes(app, ctx, signIn.membersChanged)
    webhookRoutes(app, ctx)
    instanceRoutes(app, ctx)
    liveSchemaRoutes(app, ctx)
    catalogueRoutes(app, ctx)
    dataSourceRoutes(app, ctx)
    templateRoutes(app, ctx)
    workflowRoutes(app, ctx)
    trashRoutes(app, ctx, results)
    copyRoutes(app, ctx)
    executionRoutes(app, ctx, results)
    localRunRoutes(app, ctx)
    exportRoutes(app, ctx)
    eventRoutes(app, ctx, streams)
    clientTimingRoutes(app, ctx)
    statusRoutes(app, ctx, { version, database: parts.databaseKind })
  }
  const apiJobs = role === 'worker' ? [] : [tellEventsJob(streams)]
  const workerJobs =
    role === 'api'
      ? []
      : [
          refreshTokensJob(ctx, signIn.broker),
          checkConnectionsJob(signIn),
          discoverInstancesJob,
          readSchemasJob,
          checkRepositoryJob,
          syncCopiesJob,
          ...executionJobs(results),
          makeExportsJob(results),
          deleteExportsJob,
          emptyTrashJob(results),
          collectWebhookEventsJob,
          deliverWebhooksJob(channels),
          cleanupJob,
          removeOldJob(results),
          sweepResultsJob(results),
          removeWorkspacesJob(results),
        ]
  const everywhere = [
    dropResultCopiesJob(results),
    dropExportCopiesJob,
    reportProcessJob({ loops: parts.loops, role, version }),
  ]
  return { app, jobs: [...apiJobs, ...workerJobs, ...everywhere] }
}
