import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../amc/refusal.ts'
import { requestId } from '../amc/request-id.ts'
import type { Context } from '../context.ts'
import { addFaultHooks } from '../control/fault-hooks.ts'
import { resultFolder } from '../runs/result-files.ts'
import { demandSigned } from './links.ts'
import { rangeOf } from './range.ts'
import { refusalOfStatus, refusalXml, StoreRefusal } from './store-refusal.ts'

/** The store behind the links, on an address of its own: S3's answers to presigned requests, with ranges and XML errors. */
export function createStoreApp(ctx: Context): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false })
  app.addHook('onRequest', async (_request, reply) => {
    reply
      .header('server', 'AmazonS3')
      .header('date', ctx.now().toUTCString())
      .header('x-amz-request-id', requestId(16))
      .header('x-amz-id-2', requestId(56))
  })
  addFaultHooks(app, ctx)
  app.setErrorHandler((error, _request, reply) => sendRefusal(reply, refusalOf(error)))
  app.setNotFoundHandler((_request, reply) =>
    sendRefusal(reply, new StoreRefusal(403, 'AccessDenied', 'Access Denied')),
  )
  app.route({
    method: ['GET', 'HEAD'],
    url: '/results/:executionId/:file',
    config: { operation: 'downloadResult' },
    handler: (request, reply) => sendFile(ctx, request, reply),
  })
  return app
}

async function sendFile(ctx: Context, request: FastifyRequest, reply: FastifyReply) {
  const { executionId, file } = request.params as { executionId: string; file: string }
  // S3 refuses a presigned request that carries another way of authentication.
  if (request.headers.authorization !== undefined)
    throw new StoreRefusal(
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      [
        ['ArgumentName', 'Authorization'],
        ['ArgumentValue', request.headers.authorization],
      ],
    )
  const key = `${executionId}/${file}`
  demandSigned(ctx, request.method, key, new URL(request.url, 'http://localhost').searchParams)
  const name = join(resultFolder(ctx.dataDir, executionId), file)
  const found = await stat(name).catch(() => null)
  if (found === null) throw new StoreRefusal(404, 'NoSuchKey', 'The specified key does not exist.', [['Key', key]])
  const { range: header } = request.headers
  const range = rangeOf(header, found.size)
  if (range === null)
    throw new StoreRefusal(416, 'InvalidRange', 'The requested range is not satisfiable', [
      ['RangeRequested', header ?? ''],
      ['ActualObjectSize', String(found.size)],
    ])
  const part = range.from > 0 || range.to < found.size - 1
  reply
    .header('accept-ranges', 'bytes')
    .header('last-modified', found.mtime.toUTCString())
    .header('etag', `"${createHash('md5').update(`${key} ${found.size} ${found.mtimeMs}`).digest('hex')}"`)
    .header('content-type', file.endsWith('.csv') ? 'text/csv' : 'application/json')
    .header('content-length', range.to - range.from + 1)
  if (part) reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${found.size}`)
  return reply.send(createReadStream(name, { start: range.from, end: range.to }))
}

function sendRefusal(reply: FastifyReply, refusal: StoreRefusal) {
  const xml = refusalXml(refusal, String(reply.getHeader('x-amz-request-id')))
  return reply.code(refusal.status).header('content-type', 'application/xml').send(Buffer.from(xml))
}

function refusalOf(error: unknown): StoreRefusal {
  if (error instanceof StoreRefusal) return error
  return error instanceof Refusal ? refusalOfStatus(error.status) : refusalOfStatus(500)
}
