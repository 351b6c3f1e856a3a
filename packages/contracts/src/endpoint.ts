import type { z } from 'zod'
import type { ProblemType } from './problems.ts'

/** One call of the API: the server binds it, the web app calls it, OpenAPI describes it. No second description exists. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `:name` for parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /** `session`: needs a Bearer token (default); `none`: open; `cookie`: lives by the session cookie. */
  readonly auth?: 'session' | 'none' | 'cookie'
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly headers?: z.ZodType
  readonly ok: { readonly status: 200 | 201 | 202 | 204; readonly body: z.ZodType }
  /** The problems that this call can answer beside input-invalid, not-signed-in, session-ended, too-many-requests and unexpected. */
  readonly problems: readonly ProblemType[]
}

/** Keeps the literal types of an endpoint's parts. */
export function endpoint<const E extends Endpoint>(value: E): E {
  return value
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Given<T> = T extends z.ZodType ? z.input<T> : undefined

export type ParamsOf<E extends Endpoint> = Parsed<E['params']>
export type QueryOf<E extends Endpoint> = Parsed<E['query']>
export type BodyOf<E extends Endpoint> = Parsed<E['body']>
export type AnswerOf<E extends Endpoint> = z.output<E['ok']['body']>
/** What a handler may return for an endpoint: the answer before its schema has parsed it. */
export type ReplyOf<E extends Endpoint> = z.input<E['ok']['body']>
export type ParamsGiven<E extends Endpoint> = Given<E['params']>
export type QueryGiven<E extends Endpoint> = Given<E['query']>
export type BodyGiven<E extends Endpoint> = Given<E['body']>
