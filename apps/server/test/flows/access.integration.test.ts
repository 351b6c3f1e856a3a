import * as api from '@recomamp/contracts'
import { type Person, eventually, signInAt, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { type Fill, type Route, idFieldsOf, requestFor, routesOf } from './openapi-walk.ts'
import { aQuery, anInstance, ended, run } from './runs.ts'

const randomId: Fill = (name, schema) =>
  schema.format === 'uuid' ? crypto.randomUUID() : name === 'id' ? 'own-walk' : known(name)

/** What no schema can tell. */
function known(name: string): unknown {
  const values: Record<string, unknown> = {
    name: 'dsp_impressions',
    names: 'dsp_impressions,dsp_clicks',
    field: 'campaign',
    version: 1,
    templateId: 'no-such-template',
    secret: `rci_${'x'.repeat(43)}`,
    sqlQuery: 'SELECT campaign FROM dsp_impressions',
    place: '/home',
    column: 'campaign',
    amcInstanceId: 'amcwalk123',
    entityId: 'ENTITYWALK',
    marketplaceId: 'ATVPDKIKX0DER',
    category: 'Orientation',
    chart: JSON.stringify({ kind: 'bar', x: 'campaign', values: ['impressions'] }),
    between: `${crypto.randomUUID()},${crypto.randomUUID()}`,
  }
  return values[name]
}

test('S-176, S-208, S-209: every route of the description answers each caller as the table of roles says, and no id of another workspace is known to anybody', async () => {
  await using world = await startWorld()
  const [ana, ben, cleo] = await Promise.all(['ana', 'ben', 'cleo'].map((name) => world.signIn(name)))
  if (ana === undefined || ben === undefined || cleo === undefined) throw new Error('three people sign in')
  const routes = routesOf(
    (await (await fetch(`${world.url()}/api/openapi.json`)).json()) as Parameters<typeof routesOf>[0],
  )
  const table = Object.values<unknown>(api).filter(isEndpoint)
  expect(routes.map(({ method, path, role }) => `${role ?? 'open'} ${method} ${path}`).toSorted()).toEqual(
    table
      .map(({ method, path, role }) => `${role ?? 'open'} ${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
      .toSorted(),
  )

  const [foreign, own] = await Promise.all([furnish(ana), furnish(ben)])
  await walkForeign(ben, routes, foreign, own)

  await joinAs(world.url(), ana, cleo, 'viewer')
  const userId = (await cleo.call(api.getCurrentUser, {})).id
  const tokenOf = async (person: Person, scopes: api.TokenScope[]) =>
    (await person.call(api.createToken, { body: { name: 'for a walk', scopes, days: 1 } })).secret
  const gone = await signInAt(world.url(), 'ana')
  await gone.call(api.logout, {})
  const revoked = await ana.call(api.createToken, { body: { name: 'gone', scopes: ['read'], days: 1 } })
  await ana.call(api.revokeToken, { params: { tokenId: revoked.token.id } })
  const bearers: [string, string | null, (route: Route) => string | null][] = [
    ['nobody', null, () => 'not-signed-in'],
    ['a stranger with a made-up token', 'eyJhbGciOiJub25lIn0.e30.', () => 'not-signed-in'],
    ['an ended session', gone.accessToken, () => 'session-ended'],
    ['a revoked token', revoked.secret, () => 'not-signed-in'],
    ...(await Promise.all(
      (['read', 'write', 'manage'] as const).map(
        async (scope) =>
          [`the owner's token to ${scope}`, await tokenOf(ana, [scope]), byScope(scope)] as [
            string,
            string,
            (route: Route) => string | null,
          ],
      ),
    )),
    ["a viewer's token with every scope", await tokenOf(cleo, ['read', 'write', 'manage']), viewersToken],
  ]
  for (const [who, bearer, refusal] of bearers) await walk(world.url(), who, bearer, routes, refusal)
  world.clock.advance(16 * 60_000)
  await walk(world.url(), 'an expired session', ana.accessToken, routes, () => 'not-signed-in')

  // The role counts with the next request, of the same session.
  for (const role of ['viewer', 'analyst', 'owner'] as const) {
    await ana.renew()
    await ana.call(api.changeRole, { params: { userId }, body: { role } })
    await cleo.renew()
    const withoutEnds = routes.filter(({ path }) => !/leave$|end-others$/.test(path))
    await walk(world.url(), `a member who is ${role}`, cleo.accessToken, withoutEnds, ({ role: needed }) =>
      needed === null || api.isEnough(role, needed) ? null : 'role-needed',
    )
  }
  expect((await fetch(`${world.url()}${api.eventsPath}`)).status).toBe(401)
})

function byScope(scope: api.TokenScope) {
  return (route: Route) => (route.scope === scope ? null : 'scope-needed')
}

function viewersToken(route: Route) {
  if (route.scope === null) return 'scope-needed'
  return route.role === 'viewer' ? null : 'role-needed'
}

/** Asks every route that somebody has to be signed in for, and those that are open as nobody. */
async function walk(
  baseUrl: string,
  who: string,
  bearer: string | null,
  routes: readonly Route[],
  refusal: (route: Route) => string | null,
): Promise<void> {
  const answers = await Promise.all(
    routes
      .filter(({ role }) => role !== null || bearer === null)
      .map(async (route) => {
        const { url, init } = requestFor(route, undefined, randomId)
        const headers = bearer === null ? {} : { authorization: `Bearer ${bearer}` }
        const answer = await fetch(`${baseUrl}${url}`, { ...init, headers })
        const type = (await problemOf(answer))?.type.replace('/problems/', '') ?? null
        const expected = route.role === null ? null : refusal(route)
        const refused = answer.status === 403 || (answer.status === 401 && route.role !== null)
        return {
          who,
          route: `${route.method} ${route.path}`,
          got: refused ? type : null,
          expected,
          status: answer.status,
        }
      }),
  )
  for (const { got, expected, status, ...rest } of answers) {
    expect({ ...rest, refused: got }).toEqual({ ...rest, refused: expected })
    expect(status, rest.route).toBeLessThan(500)
  }
}

type Ids = Readonly<Record<string, string>>

/** As the owner of another workspace: with ids of this one in the address the answer is 404; elsewhere it is 404 too, or what an id that
 *  nobody has gets. */
async function walkForeign(stranger: Person, routes: readonly Route[], foreign: Ids, own: Ids): Promise<void> {
  const ask = async (route: Route, body: Route['bodies'][number] | undefined, fill: Fill, fields: string[] = []) => {
    const { url, init } = requestFor(route, body, fill, new Set([...fields, 'version']))
    const answer = await stranger.fetch(url, init)
    const problem = await problemOf(answer)
    return { status: answer.status, type: problem?.type ?? null, detail: problem?.detail }
  }
  // Answers of another status; and requests that do not fit their schema, which would show nothing.
  const unfit: string[] = []
  const by =
    (ids: Ids): Fill =>
    (name, schema) =>
      (name === 'templateId' || schema.format === 'uuid' ? ids[idName(name)] : undefined) ?? randomId(name, schema)
  for (const route of routes.filter(({ role }) => role !== null)) {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).filter((name) => name in foreign)
    for (const body of route.bodies.length === 0 ? [undefined] : route.bodies) {
      const label = `${route.method} ${route.path}`
      if (inPath.length > 0) {
        const mixed: Fill = (name, schema) => (inPath.includes(name) ? foreign[name] : by(own)(name, schema))
        const answer = await ask(route, body, mixed)
        if (answer.status !== 404) unfit.push(`${label}: ${answer.status} ${answer.detail}`)
      }
      for (const field of idFieldsOf(route, body)) {
        const withId =
          (id: string | undefined): Fill =>
          (name, schema) =>
            name === field ? id : by(own)(name, schema)
        const theirs = await ask(route, body, withId(foreign[idName(field, route)]), [field])
        const nobodys = await ask(route, body, withId(crypto.randomUUID()), [field])
        if (theirs.status === 400) unfit.push(`${label} ${field}: ${theirs.detail}`)
        const isUnknown = theirs.status === 404 || (theirs.status === nobodys.status && theirs.type === nobodys.type)
        if (!isUnknown) unfit.push(`${label} ${field}: ${theirs.status}, where nobody's id gets ${nobodys.status}`)
      }
    }
  }
  expect(unfit).toEqual([])
  const between = await stranger.fetch(
    `/api/data-sources/compare-instances?between=${foreign['instanceId']},${own['instanceId']}`,
  )
  expect(between.status).toBe(404)
}

/** Which id a field holds, by its name. */
function idName(field: string, route?: Route): string {
  if (field === 'with') return 'executionId'
  if (field === 'by' || field === 'person') return 'userId'
  if (field === 'instance') return 'instanceId'
  if (field === 'workflowIds') return 'workflowId'
  if (field === 'id')
    return route?.path.endsWith('execute') || route?.path.endsWith('preview') ? 'executionId' : 'workflowId'
  return field
}

/** One thing of every kind in a person's workspace. */
async function furnish(person: Person): Promise<Ids> {
  const user = await person.call(api.getCurrentUser, {})
  const [instance, query] = await Promise.all([anInstance(person), aQuery(person)])
  const params = { workflowId: query.id }
  const execution = await ended(person, await run(person, query, { instanceId: instance.id }))
  await person.call(api.syncWorkflow, { params, body: { version: 1, instanceId: instance.id } })
  const exported = await person.call(api.createExport, {
    params: { executionId: execution.id },
    body: { format: 'csv' },
  })
  const templateId = api.TemplateId.parse(`own-${user.id}`)
  await person.call(api.forkTemplate, {
    body: {
      id: templateId,
      workflowId: query.id,
      version: 1,
      question: 'Whose is it?',
      name: 'A template',
      category: 'Orientation',
      tags: [],
      difficulty: 1,
      reading: '',
      pitfalls: [],
      visibleTo: 'workspace',
    },
  })
  const [session] = (await person.call(api.listSessions, { query: {} })).items
  const { token } = await person.call(api.createToken, { body: { name: 'a token', scopes: ['read'], days: 1 } })
  const { invitation } = await person.call(api.invite, { body: { role: 'viewer' } })
  await eventually(async () => {
    const { exportId } = { exportId: exported.id }
    return (await person.call(api.getExport, { params: { exportId } })).status === 'completed'
  })
  return {
    workspaceId: user.workspace.id,
    userId: user.id,
    connectionId: user.connections[0]?.id ?? '',
    instanceId: instance.id,
    workflowId: query.id,
    executionId: execution.id,
    exportId: exported.id,
    templateId,
    sessionId: session?.id ?? '',
    tokenId: token.id,
    invitationId: invitation.id,
  }
}

async function joinAs(baseUrl: string, owner: Person, guest: Person, role: api.Role): Promise<void> {
  const { secret } = await owner.call(api.invite, { body: { role } })
  const looked = await fetch(`${baseUrl}/api/invitations/look`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  })
  expect(await looked.json()).toMatchObject({ workspace: 'Workspace of Ana Sorel', role })
  await guest.call(api.acceptInvitation, { body: { secret } })
  await guest.renew()
}

async function problemOf(answer: Response): Promise<{ type: string; detail?: string } | null> {
  if (answer.headers.get('content-type')?.includes('problem')) return (await answer.json()) as api.ProblemBody
  await answer.body?.cancel()
  return null
}

function isEndpoint(value: unknown): value is api.Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}
