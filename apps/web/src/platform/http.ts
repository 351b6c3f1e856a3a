import type { AnswerOf, BodyGiven, Endpoint, ParamsGiven, ProblemType, QueryGiven } from '@recomamp/contracts'
import { Problem, problemTypes } from '@recomamp/contracts'
import type { Tokens } from './tokens.ts'

type Part<Name extends string, T> = undefined extends T ? { [K in Name]?: T } : { [K in Name]: T }

export type CallInput<E extends Endpoint> = Part<'params', ParamsGiven<E>> &
  Part<'body', BodyGiven<E>> & { query?: QueryGiven<E>; headers?: Record<string, string>; signal?: AbortSignal }

export type Call = <E extends Endpoint>(endpoint: E, input: CallInput<E>) => Promise<AnswerOf<E>>

/** The server gave no answer at all: it is down, the network is, or it took too long. Nothing is known about the request. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server did not answer', { cause })
    this.name = 'Unreachable'
  }
}

const answerWithinMs = 30_000

/**
 * The one HTTP client: sends an endpoint of the contracts and answers what its schema parsed, or throws a Problem or
 * Unreachable. On 401 it waits for the one shared renewal and repeats once.
 */
export function createCall(options: {
  fetch: typeof fetch
  tokens: Tokens
  /** Where a path of the API is; at the page's own origin when this is left out. */
  addressAt?: (path: string) => string
  /** Told how long the server took, with the pattern of the address. */
  onAnswer?: (path: string, ms: number) => void
}): Call {
  return async (endpoint, input) => {
    const loose: LooseInput = input
    const needsToken = (endpoint.auth ?? 'session') === 'session'
    const send = async (token: string | null) => {
      const begun = performance.now()
      const answer = await sendOnce(options, endpoint, loose, token)
      options.onAnswer?.(endpoint.path, performance.now() - begun)
      return answer
    }
    if (!needsToken) return readAnswer(endpoint, await send(null))
    const token = options.tokens.current() ?? (await options.tokens.renew(null))
    const answer = await send(token)
    if (answer.status !== 401) return readAnswer(endpoint, answer)
    await answer.body?.cancel()
    return readAnswer(endpoint, await send(await options.tokens.renew(token)))
  }
}

interface LooseInput {
  params?: unknown
  query?: unknown
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

async function sendOnce(
  { fetch: fetchIt, addressAt = (path) => path }: Pick<Parameters<typeof createCall>[0], 'fetch' | 'addressAt'>,
  endpoint: Endpoint,
  input: LooseInput,
  token: string | null,
): Promise<Response> {
  const headers = new Headers(input.headers)
  headers.set('accept', 'application/json')
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  if (input.body !== undefined) headers.set('content-type', 'application/json')
  const limit = AbortSignal.timeout(answerWithinMs)
  try {
    return await fetchIt(addressAt(addressOf(endpoint.path, input.params, input.query)), {
      method: endpoint.method,
      headers,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      signal: input.signal ? AbortSignal.any([input.signal, limit]) : limit,
      // The session's cookie is the API's, which may be on another origin of this site.
      credentials: 'include',
    })
  } catch (error) {
    if (input.signal?.aborted) throw error
    throw new Unreachable(error)
  }
}

/** The address of a call: path parameters filled in and escaped, query values that are undefined left out. */
export function addressOf(path: string, params: unknown, query: unknown): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = entriesOf(params).find(([key]) => key === name)?.[1]
    if (value === undefined) throw new TypeError(`The call of ${path} has no ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(entriesOf(query)).toString()
  return search === '' ? filled : `${filled}?${search}`
}

/** The parts of an address as text; what is undefined is left out. */
function entriesOf(parts: unknown): [string, string][] {
  if (typeof parts !== 'object' || parts === null) return []
  return Object.entries(parts).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
  )
}

async function readAnswer<E extends Endpoint>(endpoint: E, answer: Response): Promise<AnswerOf<E>> {
  // A gateway that finds no server behind it says so in its own words; a problem is always ours.
  const fromGateway = [502, 503, 504].includes(answer.status) && !isProblem(answer)
  if (fromGateway) throw new Unreachable(new Error(`A gateway answered ${answer.status}`))
  if (!answer.ok) throw await readProblem(answer)
  if (answer.status === 204) return endpoint.ok.body.parse(undefined) as AnswerOf<E>
  let value: unknown
  try {
    value = isFile(answer) ? await answer.blob() : await answer.json()
  } catch (error) {
    throw new Unreachable(error)
  }
  return endpoint.ok.body.parse(value) as AnswerOf<E>
}

/** The answers that are files: they are handed on as a Blob. */
function isFile(answer: Response): boolean {
  return /^application\/(zip|x-ndjson)/.test(answer.headers.get('content-type') ?? '')
}

function isProblem(answer: Response): boolean {
  return answer.headers.get('content-type')?.includes('json') ?? false
}

/** Rebuilds the server's Problem; an answer that is not one (a proxy's page) becomes `unexpected` with its status. */
export async function readProblem(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null)
  if (typeof body !== 'object' || body === null)
    return new Problem('unexpected', `The server answered with status ${answer.status}`)
  const { type, title: _title, status: _status, detail, errors, ...extensions } = body as Record<string, unknown>
  return new Problem(problemTypeOf(type), typeof detail === 'string' ? detail : undefined, {
    errors: Array.isArray(errors) ? errors.filter(isFieldError) : [],
    extensions,
  })
}

function problemTypeOf(type: unknown): ProblemType {
  const name = typeof type === 'string' ? (type.split('/').at(-1) ?? '') : ''
  return Object.hasOwn(problemTypes, name) ? (name as ProblemType) : 'unexpected'
}

function isFieldError(value: unknown): value is { path: string; message: string } {
  return typeof value === 'object' && value !== null && 'path' in value && 'message' in value
}
