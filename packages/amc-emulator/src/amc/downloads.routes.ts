import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { metadataName, partName } from '../runs/result-files.ts'
import { signedLink } from '../store/links.ts'
import { sendJson } from './answer.ts'
import { instanceOf } from './caller.ts'
import { requireExecution } from './executions.routes.ts'
import { Refusal } from './refusal.ts'

/** Links to the files of a result. */
export function downloadRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<{ Params: { executionId: string } }>(
    '/amc/reporting/:instanceId/workflowExecutions/:executionId/downloadUrls',
    { config: { operation: 'getWorkflowExecutionDownloadUrls' } },
    async (request, reply) => {
      const row = requireExecution(ctx, instanceOf(ctx, request).id, request.params.executionId)
      if (row.status !== 'SUCCEEDED' || row.parts === 0)
        throw new Refusal(404, `Execution with ID ${row.id} is unavailable for download.`)
      const parts = Array.from({ length: row.parts }, (_, at) => partName(at + 1))
      return sendJson(reply, 'application/vnd.amcworkflowexecutions.v1+json', {
        downloadUrls: parts.map((file) => signedLink(ctx, request.hostname, row.id, file)),
        metadataDownloadUrls: [signedLink(ctx, request.hostname, row.id, metadataName)],
      })
    },
  )
}
