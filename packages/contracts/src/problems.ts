/** Every way in which the API says no: one closed table, so that no problem lacks a status. */
export const problemTypes = {
  'input-invalid': { status: 400, title: 'The request has the wrong shape' },
  'not-signed-in': { status: 401, title: 'Sign in to go on' },
  'session-ended': { status: 401, title: 'The session has ended' },
  'sign-in-too-old': { status: 403, title: 'Your sign-in is too long ago for this' },
  'role-needed': { status: 403, title: 'Your role in this workspace does not allow this' },
  'scope-needed': { status: 403, title: 'The access token may not do this' },
  'last-owner': { status: 409, title: 'A workspace needs an owner' },
  'member-not-found': { status: 404, title: 'No such member in this workspace' },
  'invitation-not-found': { status: 404, title: 'No such invitation' },
  'invitation-over': { status: 410, title: 'This invitation is not open any more' },
  'session-not-found': { status: 404, title: 'No such session' },
  'token-not-found': { status: 404, title: 'No such access token' },
  'workspace-name-differs': { status: 422, title: 'That is not the name of this workspace' },
  'other-owners': { status: 409, title: 'The workspace has other owners' },
  'workspace-not-found': { status: 404, title: 'You are no member of such a workspace' },
  'sign-in-failed': { status: 400, title: 'The sign-in could not be completed' },
  'provider-not-configured': { status: 422, title: 'This sign-in is not configured' },
  'route-not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not know the method' },
  'instance-not-found': { status: 404, title: 'No such instance in this workspace' },
  'instance-in-use': { status: 409, title: 'Runs on this instance have not ended' },
  'connection-not-found': { status: 404, title: 'No such connection in this workspace' },
  'workflow-not-found': { status: 404, title: 'No such query in this workspace' },
  'workflow-in-trash': { status: 409, title: 'The query is in the trash' },
  'version-not-found': { status: 404, title: 'No such version of this query' },
  'template-not-found': { status: 404, title: 'No such template' },
  'example-not-possible': { status: 422, title: 'The template does not run on the synthetic data' },
  'data-source-not-found': { status: 404, title: 'No such data source' },
  'data-source-not-there': { status: 404, title: 'The instance does not have this table' },
  'snapshot-not-found': { status: 404, title: 'No such snapshot in this workspace' },
  'schema-not-read': { status: 409, title: 'The tables of the instance have not been read yet' },
  'no-catalogue-repository': { status: 409, title: 'The settings name no repository for the catalogue' },
  'execution-not-found': { status: 404, title: 'No such execution in this workspace' },
  'execution-not-failed': { status: 409, title: 'The execution has not failed' },
  'execution-ended': { status: 409, title: 'The run has ended already' },
  'results-not-ready': { status: 409, title: 'The results are not here yet' },
  'results-query-refused': { status: 422, title: 'The result cannot be read like that' },
  'results-lost': { status: 410, title: 'The stored results are gone' },
  'results-past-retention': { status: 410, title: 'The rows are older than this workspace keeps them' },
  'export-not-found': { status: 404, title: 'No such export in this workspace' },
  'export-not-possible': { status: 422, title: 'The result does not fit this format' },
  'export-not-ready': { status: 409, title: 'The file is not ready' },
  'download-not-open': { status: 401, title: 'This download is not open any more' },
  'copy-not-found': { status: 404, title: 'AMC keeps no copy of this query in that instance' },
  'copy-impossible': { status: 422, title: 'AMC cannot keep this query' },
  'version-conflict': { status: 409, title: 'The query was saved elsewhere in the meantime' },
  'draft-conflict': { status: 409, title: 'The draft was edited elsewhere in the meantime' },
  'idempotency-conflict': { status: 409, title: 'This Idempotency-Key was used for another request' },
  'query-refused': { status: 422, title: 'The query cannot be sent as it is' },
  'local-run-failed': { status: 422, title: 'The query did not run on the synthetic data' },
  'webhook-not-found': { status: 404, title: 'No such webhook or delivery in this workspace' },
  'webhook-not-possible': { status: 422, title: 'Nothing can be sent like that' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'body-too-large': { status: 413, title: 'The request is too large' },
  'head-too-large': { status: 431, title: 'The address or the headers are too long' },
  'request-too-slow': { status: 408, title: 'The request did not arrive in time' },
  unexpected: { status: 500, title: 'Something went wrong here' },
  'storage-away': { status: 503, title: 'What is stored cannot be reached at the moment' },
  'disk-full': { status: 507, title: 'A disk of the server is full' },
  starting: { status: 503, title: 'The server is starting or stopping' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemType = keyof typeof problemTypes

/** A problem that may name places in the input: `path` is a field of the request body, or `sqlQuery`. */
export interface ProblemBody {
  /** A URI reference that ends in the ProblemType: `/problems/workflow-not-found`. */
  type: string
  title: string
  status: number
  detail?: string
  requestId: string
  errors?: { path: string; message: string }[]
  [extension: string]: unknown
}

/** Thrown by use cases, rendered as RFC 9457 by the server and rebuilt from the answer by the web app. */
export class Problem extends Error {
  readonly type: ProblemType
  readonly status: number
  readonly title: string
  readonly errors: readonly { path: string; message: string }[]
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(
    type: ProblemType,
    detail?: string,
    options: {
      errors?: { path: string; message: string }[]
      extensions?: Record<string, unknown>
      cause?: unknown
    } = {},
  ) {
    super(detail ?? problemTypes[type].title, { cause: options.cause })
    this.name = 'Problem'
    this.type = type
    this.status = problemTypes[type].status
    this.title = problemTypes[type].title
    this.errors = options.errors ?? []
    this.extensions = options.extensions ?? {}
  }
}
