import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Ctx } from '#context.ts'
import { copyRoutes, syncCopiesJob } from '#features/amc-copies/index.ts'
import { catalogueRoutes, checkRepositoryJob } from '#features/catalogue/index.ts'
import { cleanupJob } from '#features/cleanup/index.ts'
import { dataSourceRoutes } from '#features/data-sources/index.ts'
import { createEventStreams, eventRoutes, tellEventsJob } from '#features/events/index.ts'
import { executionJobs, executionRoutes, openResultStore } from '#features/executions/index.ts'
import { deleteExportsJob, exportRoutes, makeExportsJob } from '#features/exports/index.ts'
import { discoverInstancesJob, instanceRoutes } from '#features/instances/index.ts'
import { liveSchemaRoutes, readSchemasJob } from '#features/live-schemas/index.ts'
import { type SignIn, checkConnectionsJob, refreshTokensJob, signInRoutes } from '#features/sign-in/index.ts'
import { templateRoutes } from '#features/templates/index.ts'
import { workflowRoutes } from '#features/workflows/index.ts'
import type { App } from '#platform/http/app-types.ts'
import { buildHttp } from '#platform/http/build-http.ts'
import type { Job } from '#platform/jobs/job.ts'

/** The version that the API and its description name. */
export const version = String(createRequire(import.meta.url)('../package.json').version)
const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

export interface Parts {
  readonly ctx: Ctx
  readonly signIn: SignIn
  readonly isReady: () => boolean
  /** Whether the sandbox's data has been made. */
  readonly isSandboxReady: () => boolean
  readonly onUnlistedProblem: (message: string) => void
}

/** Every route and every job of the product. The worker role answers probes only, the api role runs no work on rows. */
export async function buildApp(parts: Parts): Promise<{ app: App; jobs: readonly Job[] }> {
  const { ctx, signIn } = parts
  const { role } = ctx.config
  const app = await buildHttp({
    config: ctx.config,
    redisUrl: ctx.secrets.redisUrl,
    log: ctx.log,
    version,
    webFolder,
    identify: signIn.identify,
    isReady: parts.isReady,
    onUnlistedProblem: parts.onUnlistedProblem,
  })
  const streams = createEventStreams()
  const results = openResultStore(ctx.config.dataDir)
  app.addHook('onClose', () => results.close())
  if (role !== 'worker') {
    signInRoutes(app, ctx, signIn, { version, isSandboxReady: parts.isSandboxReady })
    instanceRoutes(app, ctx)
    liveSchemaRoutes(app, ctx)
    catalogueRoutes(app, ctx)
    dataSourceRoutes(app, ctx)
    templateRoutes(app, ctx)
    workflowRoutes(app, ctx)
    copyRoutes(app, ctx)
    executionRoutes(app, ctx, results)
    exportRoutes(app, ctx)
    eventRoutes(app, ctx, streams)
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
          cleanupJob,
        ]
  return { app, jobs: [...apiJobs, ...workerJobs] }
}
