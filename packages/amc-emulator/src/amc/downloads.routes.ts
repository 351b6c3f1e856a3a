import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { metadataName, partName, resultFolder } from '../runs/result-files.ts'
import { instanceOf } from './caller.ts'
import { requireExecution } from './executions.routes.ts'
import { faultOfLink, signedLink } from './links.ts'
import { Refusal } from './refusal.ts'

/** Links to the files of a result, and the store behind them. */
export function downloadRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<{ Params: { executionId: string } }>(
    '/amc/reporting/:instanceId/workflowExecutions/:executionId/downloadUrls',
    { config: { operation: 'getWorkflowExecutionDownloadUrls' } },
    async (request, reply) => {
      const row = requireExecution(ctx, instanceOf(ctx, request).id, request.params.executionId)
      if (row.status !== 'SUCCEEDED' || row.parts === 0)
        throw new Refusal(404, `Execution with ID ${row.id} is unavailable for download.`)
      const parts = Array.from({ length: row.parts }, (_, at) => partName(at + 1))
      return reply.type('application/vnd.amcworkflowexecutions.v1+json').send({
        downloadUrls: parts.map((file) => signedLink(ctx, request.host, row.id, file)),
        metadataDownloadUrls: [signedLink(ctx, request.host, row.id, metadataName)],
      })
    },
  )

  app.get<{ Params: { executionId: string; file: string } }>(
    '/s3/:executionId/:file',
    { config: { operation: 'downloadResult' } },
    async (request, reply) => {
      const { executionId, file } = request.params
      // S3 refuses a presigned request that carries another way of authentication.
      if (request.headers.authorization !== undefined)
        return sendXml(reply, 400, 'InvalidArgument', 'Only one auth mechanism allowed')
      const query = new URL(request.url, 'http://localhost').searchParams
      const fault = faultOfLink(ctx, `${executionId}/${file}`, query)
      if (fault !== null) return sendXml(reply, 403, fault.code, fault.message)
      const name = join(resultFolder(ctx.dataDir, executionId), file)
      const size = await stat(name).then(
        (found) => found.size,
        () => null,
      )
      if (size === null) return sendXml(reply, 404, 'NoSuchKey', 'The specified key does not exist.')
      return reply
        .type(file.endsWith('.csv') ? 'text/csv' : 'application/json')
        .header('content-length', size)
        .send(createReadStream(name))
    },
  )
}

function sendXml(reply: FastifyReply, status: number, code: string, message: string) {
  return reply
    .code(status)
    .type('application/xml')
    .send(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${String(reply.getHeader('x-amz-request-id'))}</RequestId></Error>`,
    )
}
