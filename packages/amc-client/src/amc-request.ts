import type { AmcInstanceId, AmcTarget } from '@recomamp/amc-wire'
import type { SentIds } from './amc-error.ts'

/** One call before it is sent: everything but the token, the client id and the host. */
export interface AmcRequest<Answer> {
  /** Amazon's operation id, for logs and errors. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With its path parts already escaped. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  /** Null only for `GET /amc/accounts`, which is asked before any account is known. */
  readonly target: AmcTarget | null
  /** The instance that the path names; null for calls about none. */
  readonly instance: AmcInstanceId | null
  /** Reads the JSON of a successful answer; throws when it is not what the call answers. */
  readonly read: (json: unknown) => Answer
}

/** Whom a request is for, for errors and logs. */
export function sentIdsOf({ target, instance }: Pick<AmcRequest<unknown>, 'target' | 'instance'>): SentIds | null {
  return target === null
    ? null
    : { instanceId: instance, entityId: target.entityId, marketplaceId: target.marketplaceId }
}

/** The address of a request under a base such as `https://advertising-api.amazon.com`. */
export function addressOf(baseUrl: string, request: AmcRequest<unknown>): string {
  const query = new URLSearchParams(request.query).toString()
  return `${baseUrl.replace(/\/+$/, '')}${request.path}${query === '' ? '' : `?${query}`}`
}

/** The headers of a call; entity and marketplace come from the target alone, so no call can mix accounts (F-03). */
export function headersOf(request: AmcRequest<unknown>, clientId: string, accessToken: string): Record<string, string> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${accessToken}`,
    'amazon-advertising-api-clientid': clientId,
  }
  if (request.target !== null) {
    headers['amazon-advertising-api-advertiserid'] = request.target.entityId
    headers['amazon-advertising-api-marketplaceid'] = request.target.marketplaceId
  }
  if (request.body !== undefined) headers['content-type'] = 'application/json'
  return headers
}

/** A call as it goes over the wire. */
export interface WireRequest {
  readonly method: AmcRequest<unknown>['method']
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** The one way from a call to what is sent: what is shown of a call beforehand is made by it too. */
export function wireOf(
  request: AmcRequest<unknown>,
  to: { baseUrl: string; clientId: string },
  accessToken: string,
): WireRequest {
  return {
    method: request.method,
    url: addressOf(to.baseUrl, request),
    headers: headersOf(request, to.clientId, accessToken),
    body: request.body === undefined ? null : JSON.stringify(request.body),
  }
}

/** Joins path parts, each escaped, so that an id can never leave its place. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}

/** Query texts without the absent ones. */
export function queryOf(values: Readonly<Record<string, string | number | boolean | null | undefined>>) {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null) query[name] = String(value)
  return query
}
