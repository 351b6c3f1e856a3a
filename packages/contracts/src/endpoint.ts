import type { z } from 'zod'
import type { ProblemType } from './problems.ts'
import type { Role } from './roles.ts'

/** Who may call an endpoint. This field of all endpoints is the one table of rights: the server refuses by it, the web app shows by it,
 *  and a test walks every route by it. */
type Access =
  | {
      /** `none`: open; `cookie`: lives by a cookie of its own. */
      readonly auth: 'none' | 'cookie'
      readonly role?: never
      readonly tokens?: never
    }
  | {
      /** Needs somebody: a session's access token or a personal access token, as a Bearer token. */
      readonly auth?: 'session'
      /** The least role in the workspace that may call it. */
      readonly role: Role
      /** False: personal access tokens are refused, whatever their scopes; only a person at a browser may do this. */
      readonly tokens?: false
    }

/** Allowances of requests a minute. `sign-in`: what could be guessed at, per address; `frequent`: what a page asks for again and again. */
export type LimitGroup = 'sign-in' | 'frequent' | 'ordinary'

/** One call of the API: the server binds it, the web app calls it, OpenAPI describes it. No second description exists. */
export type Endpoint = Access & {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `:name` for parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /** Which allowance its requests count against; `ordinary` where it is absent. */
  readonly limit?: Exclude<LimitGroup, 'ordinary'>
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly headers?: z.ZodType
  readonly ok: { readonly status: 200 | 201 | 202 | 204; readonly body: z.ZodType }
  /** The problems that this call can answer beside those that any call can: input-invalid, not-signed-in, role-needed and so on. */
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
