import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type Endpoint, Problem, type ProblemBody, type ProblemType } from '@recomamp/contracts'
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { DatabaseAway, DatabaseBusy } from '#platform/db/database-away.ts'
import { TransactionTooLong } from '#platform/db/transaction.ts'
import { DiskFull, FilesAway } from '#platform/files/file-store.ts'
import type { App } from './app-types.ts'
import { basicHeaders } from './security-headers.ts'

/** RFC 9457, as the API's description shows it. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .describe('A problem (RFC 9457)')

/** What every endpoint may answer without listing it. */
const alwaysAllowed: readonly ProblemType[] = [
  'input-invalid',
  'not-signed-in',
  'session-ended',
  'role-needed',
  'scope-needed',
  'too-many-requests',
  'body-too-large',
  'head-too-large',
  'request-too-slow',
  'storage-away',
  'disk-full',
  'starting',
  'unexpected',
]

/** Tells the app's listener when a handler threw a problem that its endpoint does not promise; tests fail on it. */
export function assertListed(app: App, endpoint: Endpoint, error: unknown): void {
  if (!(error instanceof Problem)) return
  if (alwaysAllowed.includes(error.type) || endpoint.problems.includes(error.type)) return
  app.onUnlistedProblem(`${endpoint.method} ${endpoint.path} threw ${error.type}, which its endpoint does not list`)
}

declare module 'fastify' {
  interface FastifyInstance {
    onUnlistedProblem(message: string): void
  }
}

/** Renders everything that goes wrong in a request as application/problem+json; only what is ours is shown, causes go to the log. */
export function registerProblemAnswers(app: App, onUnlistedProblem: (message: string) => void): void {
  app.decorate('onUnlistedProblem', onUnlistedProblem)
  app.setErrorHandler((error, request, reply) => answerProblem(toProblem(error), error, request, reply))
}

/** Sends a problem as the answer to a request. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(bodyOf(problem, request.id))
}

function bodyOf(problem: Problem, requestId: string): ProblemBody {
  return {
    type: `/problems/${problem.type}`,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    requestId,
    ...(problem.errors.length === 0 ? {} : { errors: [...problem.errors] }),
    ...problem.extensions,
  }
}

/** Answers what arrives as no HTTP request at all, which no hook sees, and ends the connection: what follows on it cannot be told apart. */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = unreadable(error)
  const body = JSON.stringify(bodyOf(problem, crypto.randomUUID()))
  const head = Object.entries({
    ...basicHeaders,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${head.join('')}\r\n${body}`)
}

function unreadable({ code }: ConnectionError): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return new Problem('head-too-large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem('request-too-slow')
  return new Problem('input-invalid', 'The request could not be read as HTTP')
}

function answerProblem(problem: Problem, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.status >= 500)
    request.log.error(
      { err: error, method: request.method, route: request.routeOptions.url ?? 'none', ...whoseOf(request) },
      'a request failed unexpectedly',
    )
  return sendProblem(problem, request, reply)
}

/** Who asked and in which workspace, by their ids. */
export function whoseOf({ caller }: FastifyRequest): object {
  return typeof caller === 'string' ? {} : { userId: caller.userId, workspaceId: caller.workspaceId }
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = error.validationContext ?? 'body'
    const errors = error.validation.map((issue) => ({
      path: pathOf(part, issue.instancePath),
      message: issue.message ?? 'is not valid',
    }))
    const [first] = errors
    return new Problem('input-invalid', first === undefined ? undefined : `${first.path}: ${first.message}`, { errors })
  }
  if (error instanceof DatabaseAway)
    return new Problem(
      'storage-away',
      'The database does not answer. Whether a change was made is not known: look, then try again',
      { cause: error },
    )
  if (error instanceof DatabaseBusy || error instanceof TransactionTooLong)
    return new Problem(
      'storage-away',
      'The database did not answer in time. Whether a change was made is not known: look, then try again',
      { cause: error },
    )
  if (error instanceof FilesAway)
    return new Problem('storage-away', 'The place of the result files does not answer. Try again in a moment', {
      cause: error,
    })
  if (error instanceof DiskFull)
    return new Problem('disk-full', 'The disk of this server has no room for the file; other pages work', {
      cause: error,
    })
  const { statusCode, code } = Object(error) as Partial<FastifyError>
  if (code === '53100')
    return new Problem('disk-full', 'The disk of the database has no room. Nothing was changed', { cause: error })
  const unstorable = code === undefined ? undefined : unstorableValues[code]
  if (unstorable !== undefined) return new Problem('input-invalid', unstorable, { cause: error })
  if (statusCode === 413) return new Problem('body-too-large', undefined, { cause: error })
  if (statusCode === 429) return new Problem('too-many-requests', 'Wait for the time that Retry-After names')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('input-invalid', clientFault(code), { cause: error })
  return new Problem('unexpected', 'The cause is in the log of the server under this request id', { cause: error })
}

/** What no schema forbids and PostgreSQL cannot hold, by its error code. */
const unstorableValues: Readonly<Record<string, string | undefined>> = {
  '22003': 'A number in the request is too large',
  '22021': 'A text in the request holds a character that cannot be stored, such as NUL',
  '22P05': 'A text in the request holds a character that cannot be stored, such as NUL',
  '22P02': 'A text in the request holds a character that cannot be stored, such as half of a surrogate pair',
}

/** `/parameters/0/name` of the body is `parameters.0.name`; other parts carry their name. */
function pathOf(part: string, pointer: string): string {
  const path = pointer.replace(/^\//, '').replaceAll('/', '.')
  if (part === 'body') return path === '' ? 'body' : path
  return path === '' ? part : `${part}.${path}`
}

function clientFault(code: string | undefined): string {
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'The body must be JSON, with Content-Type application/json'
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return 'The body is not valid JSON'
    default:
      return 'The request could not be read'
  }
}
