import { type Endpoint, Problem, type ProblemBody, type ProblemType } from '@recomamp/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from './app-types.ts'

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
  'too-many-requests',
  'body-too-large',
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
  const body: ProblemBody = {
    type: `/problems/${problem.type}`,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    requestId: request.id,
    ...(problem.errors.length === 0 ? {} : { errors: [...problem.errors] }),
    ...problem.extensions,
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body)
}

function answerProblem(problem: Problem, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.status >= 500)
    request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed unexpectedly')
  return sendProblem(problem, request, reply)
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
  const { statusCode, code } = Object(error) as Partial<FastifyError>
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
