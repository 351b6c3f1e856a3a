import { AmcError } from './amc-error.ts'
import { sentIdsOf, wireOf } from './amc-request.ts'
import type { AmcRequest } from './amc-request.ts'
import { readAnswer, requestIdOf, retryAfterOf } from './answer.ts'
import type { RawAnswer } from './answer.ts'
import { BodyTooLarge, textOf } from './body-text.ts'
import type { Pace } from './pace.ts'

/** Where access tokens come from. `renew` is told the token that was refused, so that one renewal serves many callers. */
export interface TokenSource {
  current(): Promise<string>
  renew(stale: string): Promise<string>
}

/** One line per exchange for the log: ids and figures, no token, no query text. */
export interface AmcCall {
  operation: string
  method: string
  path: string
  instanceId: string | null
  entityId: string | null
  marketplaceId: string | null
  /** Null when no answer came. */
  status: number | null
  amcRequestId: string | null
  durationMs: number
}

export interface Sender {
  baseUrl: string
  clientId: string
  tokens: TokenSource
  fetch: typeof fetch
  log: (call: AmcCall) => void
  timeoutMs: number
  pace: Pace
  now: () => Date
}

/** A list of a hundred workflows with their queries has a few megabytes. */
const longestAnswer = 32_000_000

/** Sends a request. The only place that renews: on 401 once, then the request is repeated once; nothing else is repeated here. */
export async function send<Answer>(
  sender: Sender,
  request: AmcRequest<Answer>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  sender.pace.demandFree(request)
  const token = await sender.tokens.current()
  const first = await exchange(sender, request, token, signal)
  if (first.status !== 401) return readAnswer(request, first, sender.now())
  const renewed = await sender.tokens.renew(token)
  return readAnswer(request, await exchange(sender, request, renewed, signal), sender.now())
}

async function exchange(
  sender: Sender,
  request: AmcRequest<unknown>,
  accessToken: string,
  signal: AbortSignal | undefined,
): Promise<RawAnswer> {
  const started = performance.now()
  const limit = AbortSignal.timeout(sender.timeoutMs)
  let answer: Response | null = null
  // Told apart from a lost answer: what was never sent cannot have been carried out.
  if (signal?.aborted === true)
    throw new AmcError('unreachable', request.operation, {
      detail: 'stopped before it was sent',
      sent: sentIdsOf(request),
      cause: signal.reason,
    })
  try {
    const { url, method, headers, body } = wireOf(request, sender, accessToken)
    answer = await sender.fetch(url, {
      method,
      headers,
      ...(body === null ? {} : { body }),
      redirect: 'manual',
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    })
    const retryAfterMs = retryAfterOf(answer.headers.get('retry-after'), sender.now())
    sender.pace.answered(request, answer.status, retryAfterMs)
    return { status: answer.status, headers: answer.headers, body: await textOf(answer, longestAnswer) }
  } catch (cause) {
    throw new AmcError(cause instanceof BodyTooLarge ? 'unreadable' : 'unreachable', request.operation, {
      status: answer?.status ?? null,
      sent: sentIdsOf(request),
      amcRequestId: answer === null ? null : requestIdOf(answer),
      lost: request.method !== 'GET' && !neverConnected(cause),
      detail: limit.aborted ? `no answer within ${sender.timeoutMs} ms` : reasonOf(cause),
      cause,
    })
  } finally {
    sender.log({
      operation: request.operation,
      method: request.method,
      path: request.path,
      instanceId: request.instance,
      entityId: request.target?.entityId ?? null,
      marketplaceId: request.target?.marketplaceId ?? null,
      status: answer?.status ?? null,
      amcRequestId: answer === null ? null : requestIdOf(answer),
      durationMs: Math.round(performance.now() - started),
    })
  }
}

/** A connection that never stood cannot have carried a request. */
const connectFaults = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const connectTimeOut = 'UND_ERR_CONNECT_TIMEOUT'

function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Node tries every address of a name; only when none was reached nothing was sent.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverConnected)
  if ('code' in error && typeof error.code === 'string')
    return connectFaults.has(error.code) || error.code === connectTimeOut
  return neverConnected(error.cause)
}

/** The deepest message of an error's causes: `fetch failed` alone says nothing. */
export function reasonOf(error: unknown): string {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  return deepest instanceof Error ? deepest.message : String(deepest)
}
