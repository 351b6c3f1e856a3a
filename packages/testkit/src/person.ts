import {
  type AnswerOf,
  type BodyGiven,
  type Endpoint,
  type ParamsGiven,
  Problem,
  type ProblemBody,
  type ProblemType,
  type QueryGiven,
  login as loginEndpoint,
  problemTypes,
  refreshSession,
} from '@recomamp/contracts'

/** May be left out where nothing in it has to be given. */
type Part<Name extends string, T> = undefined extends T
  ? { [K in Name]?: T }
  : object extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T }
type Request<E extends Endpoint> = Part<'params', ParamsGiven<E>> &
  Part<'query', QueryGiven<E>> &
  Part<'body', BodyGiven<E>> & { headers?: Record<string, string> }

/** Somebody who is signed in at a server: calls its API as a browser does. */
export interface Person {
  /** Where it is called; set anew when the server has moved. */
  baseUrl: string
  accessToken: string
  /** The cookies of this browser, by name. */
  readonly cookies: Map<string, string>
  /** Calls an endpoint and reads its answer by its schema; what the server refuses is thrown as a Problem. */
  call<E extends Endpoint>(endpoint: E, request: Request<E>): Promise<AnswerOf<E>>
  /** The plain request, signed in. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Renews the access token by the session cookie. */
  renew(): Promise<void>
}

/** How a person's requests reach the server: `fetch`, or what stands in its place. */
export type Send = (url: string, init: RequestInit & { headers: Headers }) => Promise<Response>

/** Signs in as one of the emulator's people (`ana`, `ben`, `cleo`), through the consent page's `auto_approve`: with the sandbox, or
 *  with Amazon where its addresses lead to an emulator. `connects` brings the consent to a workspace that is shared too;
 *  `cookies` are of a browser that has been here; `send` carries what the person asks once signed in. */
export async function signInAt(
  baseUrl: string,
  name: string,
  provider: 'sandbox' | 'amazon' = 'sandbox',
  {
    connects,
    cookies = new Map(),
    send = fetch,
  }: { connects?: boolean; cookies?: Map<string, string>; send?: Send } = {},
): Promise<Person> {
  const login = await fetch(`${baseUrl}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: cookieHeader(cookies) },
    body: JSON.stringify({ provider, connects }),
  })
  if (!login.ok) throw await problemOf(login)
  keepCookies(cookies, login)
  const { authorizationUrl } = loginEndpoint.ok.body.parse(await login.json())
  const consent = await fetch(`${authorizationUrl}&auto_approve=${name}`, { redirect: 'manual' })
  const back = consent.headers.get('location')
  if (back === null) throw new Error(`the consent page answered ${consent.status} without an address to go back to`)
  const callback = await fetch(back, { redirect: 'manual', headers: { cookie: cookieHeader(cookies) } })
  keepCookies(cookies, callback)
  const destination = callback.headers.get('location') ?? ''
  if (callback.status !== 303 || destination.startsWith('/sign-in'))
    throw new Error(`the sign-in ended with ${callback.status} at ${destination}`)
  const person = createPerson(baseUrl, cookies, send)
  await person.renew()
  return person
}

/** A program of somebody's: calls the API by a personal access token. */
export function programAt(baseUrl: string, secret: string, send: Send = fetch): Person {
  return createPerson(baseUrl, new Map(), send, secret)
}

function createPerson(baseUrl: string, cookies: Map<string, string>, send: Send, accessToken = ''): Person {
  const person: Person = {
    baseUrl,
    cookies,
    accessToken,
    async call(endpoint, request) {
      const parts: { params?: unknown; query?: unknown; body?: unknown; headers?: Record<string, string> } = request
      const headers = { ...parts.headers, ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }) }
      const answer = await person.fetch(addressOf(endpoint.path, parts.params, parts.query), {
        method: endpoint.method,
        headers,
        ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      })
      if (!answer.ok) throw await problemOf(answer)
      const value: unknown = answer.status === 204 ? undefined : await answer.json()
      // The schema of this endpoint has just been asked; its type follows from it.
      return endpoint.ok.body.parse(value) as AnswerOf<typeof endpoint>
    },
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      if (person.accessToken !== '') headers.set('authorization', `Bearer ${person.accessToken}`)
      if (cookies.size > 0) headers.set('cookie', cookieHeader(cookies))
      const answer = await send(`${person.baseUrl}${path}`, { ...init, headers })
      keepCookies(cookies, answer)
      return answer
    },
    async renew() {
      person.accessToken = ''
      person.accessToken = (await person.call(refreshSession, {})).accessToken
    },
  }
  return person
}

function addressOf(path: string, params: unknown, query: unknown): string {
  const filled = path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(Object(params)[name])))
  const entries = Object.entries(Object(query) as object).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return filled
  const search = new URLSearchParams()
  for (const [name, value] of entries) search.set(name, String(value))
  return `${filled}?${search.toString()}`
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json()) as ProblemBody
  const { type, title: _title, status: _status, detail, requestId: _requestId, errors, ...extensions } = body
  const name = type.replace('/problems/', '')
  if (!isProblemType(name)) throw new Error(`${answer.status} with an unknown problem ${type}`)
  return new Problem(name, detail, { extensions, ...(errors === undefined ? {} : { errors }) })
}

function isProblemType(name: string): name is ProblemType {
  return name in problemTypes
}

function keepCookies(cookies: Map<string, string>, answer: Response): void {
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
}

function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
