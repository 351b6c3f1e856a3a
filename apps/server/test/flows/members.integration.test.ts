import * as api from '@recomamp/contracts'
import { type Person, databaseKinds, signInAt, startWorld, usualKind } from '@recomamp/testkit'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aQuery } from './runs.ts'

const day = 86_400_000

describe.each(usualKind)('members on %s', (database) => {
  test('an invitation works once and for a week; roles change, the last owner stays, a removal ends everything at once', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const benAgain = await signInAt(world.url(), 'ben')
    const { secret } = await ana.call(api.invite, { body: { role: 'analyst', note: 'Ben of the agency' } })
    expect((await ana.call(api.listInvitations, { query: {} })).items).toMatchObject([
      { role: 'analyst', note: 'Ben of the agency', invitedBy: { name: 'Ana Sorel' } },
    ])
    const query = await aQuery(ana)
    const seen = () => ben.call(api.getWorkflow, { params: { workflowId: query.id } })
    await expect(seen()).rejects.toMatchObject({ type: 'workflow-not-found' })

    expect(await ben.call(api.lookAtInvitation, { body: { secret } })).toMatchObject({
      workspace: 'Workspace of Ana Sorel',
      role: 'analyst',
      invitedBy: 'Ana Sorel',
    })
    await ben.call(api.acceptInvitation, { body: { secret } })
    // The access token names the workspace before, so that no tab goes on in the wrong one.
    await expect(seen()).rejects.toMatchObject({ type: 'session-ended' })
    await ben.renew()
    expect((await seen()).name).toBe('A query')
    const user = await ben.call(api.getCurrentUser, {})
    expect(user).toMatchObject({ role: 'analyst', workspace: { name: 'Workspace of Ana Sorel' } })
    expect(user.workspaces.map(({ name, role }) => [name, role])).toEqual([
      ['Workspace of Ana Sorel', 'analyst'],
      [expect.stringContaining('Workspace of Ben'), 'owner'],
    ])
    expect(user.connections).toMatchObject([{ consentedBy: { name: 'Ana Sorel' } }])
    const cleo = await world.signIn('cleo')
    await expect(cleo.call(api.acceptInvitation, { body: { secret } })).rejects.toMatchObject({
      type: 'invitation-over',
    })
    const late = await ana.call(api.invite, { body: { role: 'viewer' } })
    const withdrawn = await ana.call(api.invite, { body: { role: 'viewer' } })
    await ana.call(api.withdrawInvitation, { params: { invitationId: withdrawn.invitation.id } })
    await expect(cleo.call(api.acceptInvitation, { body: { secret: withdrawn.secret } })).rejects.toMatchObject({
      type: 'invitation-over',
    })

    const [own, his] = [(await ana.call(api.getCurrentUser, {})).id, user.id]
    await expect(ana.call(api.changeRole, { params: { userId: own }, body: { role: 'viewer' } })).rejects.toMatchObject(
      {
        type: 'last-owner',
      },
    )
    await expect(ana.call(api.leaveWorkspace, {})).rejects.toMatchObject({ type: 'last-owner' })
    await ana.call(api.renameWorkspace, { body: { name: 'The agency' } })
    expect((await ben.call(api.getCurrentUser, {})).workspace.name).toBe('The agency')
    await ana.call(api.transferWorkspace, { params: { userId: his } })
    expect((await ana.call(api.getCurrentUser, {})).role).toBe('analyst')
    await expect(ana.call(api.invite, { body: { role: 'viewer' } })).rejects.toMatchObject({
      type: 'role-needed',
      status: 403,
      extensions: { needed: 'owner', role: 'analyst' },
    })
    await ben.call(api.changeRole, { params: { userId: own }, body: { role: 'owner' } })
    await Promise.allSettled([
      ben.call(api.changeRole, { params: { userId: his }, body: { role: 'viewer' } }),
      ana.call(api.changeRole, { params: { userId: own }, body: { role: 'viewer' } }),
    ])
    const roles = (await ana.call(api.listMembers, { query: {} })).items.map(({ role }) => role)
    expect(roles.toSorted()).toEqual(['owner', 'viewer'])

    const [owner, other, otherId] = roles[0] === 'owner' ? [ana, ben, his] : [ben, ana, own]
    const { secret: token } = await other.call(api.createToken, { body: { name: 'x', scopes: ['read'], days: 1 } })
    expect((await asToken(world.url(), token, '/api/members')).status).toBe(200)
    await owner.call(api.removeMember, { params: { userId: otherId } })
    await expect(other.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    expect((await asToken(world.url(), token, '/api/members')).status).toBe(401)
    // His other session never left his own workspace.
    expect((await benAgain.call(api.getCurrentUser, {})).workspace.name).toContain('Ben')

    world.clock.advance(7 * day)
    const cleoLater = await signInAt(world.url(), 'cleo')
    await expect(cleoLater.call(api.acceptInvitation, { body: { secret: late.secret } })).rejects.toMatchObject({
      type: 'invitation-over',
    })
    const stored = await world.db.selectFrom('invitations').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(secret)
  })

  test("a sign-in brings a shared workspace nobody's instances unasked, and leads to where the person was last", async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const own = await ben.call(api.getCurrentUser, {})
    const { secret } = await ana.call(api.invite, { body: { role: 'owner' } })
    await ben.call(api.acceptInvitation, { body: { secret } })
    const again = await world.signIn('ben')
    const there = await again.call(api.getCurrentUser, {})
    expect(there.workspace.name).toBe('Workspace of Ana Sorel')
    expect(there.connections).toMatchObject([{ consentedBy: { name: 'Ana Sorel' } }])
    const connects = await signInAt(world.url(), 'ben', 'sandbox', { connects: true })
    expect((await connects.call(api.getCurrentUser, {})).connections).toHaveLength(2)

    await connects.call(api.enterWorkspace, { params: { workspaceId: own.workspace.id } })
    await connects.renew()
    expect((await connects.call(api.getCurrentUser, {})).connections).toHaveLength(1)
    const back = await signInAt(world.url(), 'ben')
    expect((await back.call(api.getCurrentUser, {})).workspace.id).toBe(own.workspace.id)
  })

  test('a person sees their sessions and ends them, one or all others', async () => {
    await using world = await startWorld({ database })
    const here = await signInAt(world.url(), 'ana')
    const phone = await signInAt(world.url(), 'ana')
    const third = await signInAt(world.url(), 'ana')
    const ben = await signInAt(world.url(), 'ben')
    const { items, total } = await here.call(api.listSessions, { query: { limit: 2 } })
    expect([items.length, total]).toEqual([2, 3])
    const all = (await here.call(api.listSessions, { query: {} })).items
    expect(all.filter(({ current }) => current)).toHaveLength(1)
    expect(all[0]).toMatchObject({ address: '127.0.0.1', workspace: 'Workspace of Ana Sorel' })
    const phones = (await phone.call(api.listSessions, { query: {} })).items.find(({ current }) => current)
    const params = { sessionId: phones?.id ?? api.SessionId.parse(crypto.randomUUID()) }
    await expect(ben.call(api.revokeSession, { params })).rejects.toMatchObject({ type: 'session-not-found' })
    await here.call(api.revokeSession, { params })
    await expect(phone.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    await expect(phone.renew()).rejects.toMatchObject({ type: 'session-ended' })
    expect(await here.call(api.revokeOtherSessions, {})).toEqual({ ended: 1 })
    await expect(third.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    await here.call(api.getCurrentUser, {})
  })

  test('ending other sessions asks for a sign-in of the last quarter of an hour, and that replaces the session it began in', async () => {
    await using world = await startWorld({ database })
    const here = await signInAt(world.url(), 'ana')
    const elsewhere = await signInAt(world.url(), 'ana')
    const sessions = async (person: Person) => (await person.call(api.listSessions, { query: {} })).items
    const other = (await sessions(here)).find(({ current }) => !current)
    const params = { sessionId: api.SessionId.parse(other?.id) }
    world.clock.advance(api.freshSignInMinutes * 60_000)
    await here.renew()
    const refusal = { type: 'sign-in-too-old', status: 403 }
    await expect(here.call(api.revokeSession, { params })).rejects.toMatchObject(refusal)
    await expect(here.call(api.revokeOtherSessions, {})).rejects.toMatchObject(refusal)
    await elsewhere.renew()
    await elsewhere.call(api.getCurrentUser, {})

    const again = await signInAt(world.url(), 'ana', 'sandbox', { cookies: here.cookies })
    expect(await sessions(again)).toHaveLength(2)
    await expect(here.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    await again.call(api.revokeSession, { params })
    await expect(elsewhere.renew()).rejects.toMatchObject({ type: 'session-ended' })
    // The one that asks is ended by leaving, whenever it began.
    world.clock.advance(api.freshSignInMinutes * 60_000)
    await again.renew()
    await again.call(api.revokeSession, { params: { sessionId: api.SessionId.parse((await sessions(again))[0]?.id) } })
    await expect(again.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
  })

  test("an owner ends a member's sessions, or everybody's but the own, in this workspace alone, and access tokens where that is asked for", async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const { secret } = await ana.call(api.invite, { body: { role: 'analyst' } })
    await ben.call(api.acceptInvitation, { body: { secret } })
    await ben.renew()
    const ofBen = await ben.call(api.createToken, { body: { name: 'of Ben', scopes: ['read'], days: 1 } })
    const ofAna = await ana.call(api.createToken, { body: { name: 'of Ana', scopes: ['manage'], days: 1 } })
    const works = async (token: string) => (await asToken(world.url(), token, '/api/members')).status === 200
    const userId = (await ben.call(api.getCurrentUser, {})).id
    await expect(ben.call(api.signEverybodyOut, { body: {} })).rejects.toMatchObject({ type: 'role-needed' })
    const params = { userId: api.UserId.parse(crypto.randomUUID()) }
    await expect(ana.call(api.signMemberOut, { params, body: {} })).rejects.toMatchObject({ type: 'member-not-found' })

    const ended = await ana.call(api.signMemberOut, { params: { userId }, body: {} })
    expect(ended).toEqual({ sessions: 1, accessTokens: 0 })
    await expect(ben.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    await expect(ben.renew()).rejects.toMatchObject({ type: 'session-ended' })
    expect(await works(ofBen.secret)).toBe(true)

    // Still a member; what he does in his own workspace is none of hers.
    const back = await signInAt(world.url(), 'ben')
    const own = await signInAt(world.url(), 'ben')
    const { workspaces } = await own.call(api.getCurrentUser, {})
    const workspaceId = api.WorkspaceId.parse(workspaces.find(({ name }) => name.includes('Ben'))?.id)
    await own.call(api.enterWorkspace, { params: { workspaceId } })
    await own.renew()
    const anaElsewhere = await signInAt(world.url(), 'ana')
    const all = await ana.call(api.signEverybodyOut, { body: { accessTokens: true } })
    expect(all).toEqual({ sessions: 2, accessTokens: 2 })
    for (const gone of [back, anaElsewhere])
      await expect(gone.call(api.getCurrentUser, {})).rejects.toMatchObject({ type: 'session-ended' })
    expect([await works(ofBen.secret), await works(ofAna.secret)]).toEqual([false, false])
    await own.call(api.getCurrentUser, {})
    await ana.call(api.getCurrentUser, {})
    const told = async (action: api.AuditAction) =>
      (await ana.call(api.listAudit, { query: { action } })).items.map(({ object, detail }) => [object.name, detail])
    expect(await told('everybody-signed-out')).toEqual([[null, { sessions: 2, accessTokens: 2 }]])
    expect(await told('member-signed-out')).toEqual([['Ben Adeyemi', { sessions: 1, accessTokens: 0 }]])
  })

  test('an access token is shown once, stored as a hash, works within its scopes until its end, and says when it was used', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { token, secret } = await ana.call(api.createToken, {
      body: { name: 'nightly export', scopes: ['read'], days: 30 },
    })
    expect(secret).toMatch(/^rcm_[\w-]{43}$/)
    const { db } = world
    expect(JSON.stringify(await db.selectFrom('personal_tokens').selectAll().execute())).not.toContain(secret.slice(8))
    expect((await asToken(world.url(), secret, '/api/workflows')).status).toBe(200)
    const refused = await asToken(world.url(), secret, '/api/workflows', { method: 'POST' })
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { type: '/problems/scope-needed', needed: 'write', detail: expect.stringContaining('write') },
    ])
    expect((await asToken(world.url(), secret, '/api/tokens')).status).toBe(403)
    const stream = await asToken(world.url(), secret, api.eventsPath)
    expect(stream.status).toBe(200)
    const [listed] = (await ana.call(api.listTokens, { query: {} })).items
    expect(listed).toMatchObject({ id: token.id, hint: secret.slice(0, 8), lastUsedFrom: '127.0.0.1' })
    expect(JSON.stringify(listed)).not.toContain(secret)
    await ana.call(api.revokeToken, { params: { tokenId: token.id } })
    expect((await asToken(world.url(), secret, '/api/workflows')).status).toBe(401)
    // The stream that it had opened ends with it.
    expect(await stream.text()).toContain('retry')
    const short = await ana.call(api.createToken, { body: { name: 'short', scopes: ['read'], days: 1 } })
    world.clock.advance(day + 1000)
    expect((await asToken(world.url(), short.secret, '/api/workflows')).status).toBe(401)
  })
})

test.each(databaseKinds)(
  'S-179: the audit log tells who did what to what from where, is written with the change, is never changed, and is exported, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const { secret } = await ana.call(api.createToken, { body: { name: 'robot', scopes: ['write'], days: 1 } })
    const created = await asToken(world.url(), secret, '/api/workflows', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'a robot' },
      body: JSON.stringify({ name: 'By a robot', sqlQuery: 'SELECT 1', parameters: [], values: {}, instanceId: null }),
    })
    const query = api.Workflow.parse(await created.json())
    const { items, total } = await ana.call(api.listAudit, { query: {} })
    expect(items.map(({ action }) => action)).toEqual([
      'query-created',
      'token-created',
      'connection-made',
      'signed-in',
    ])
    expect(items[0]).toMatchObject({
      person: { name: 'Ana Sorel' },
      via: { kind: 'token', name: 'robot' },
      object: { kind: 'query', id: query.id, name: 'By a robot' },
      address: '127.0.0.1',
      userAgent: 'a robot',
    })
    expect(total).toBe(4)
    const page = await ana.call(api.listAudit, { query: { limit: 1, action: 'signed-in' } })
    expect([page.total, page.nextCursor]).toEqual([1, null])
    expect((await ben.call(api.listAudit, { query: {} })).items.map(({ person }) => person.name)).not.toContain(
      'Ana Sorel',
    )

    const { db } = world
    // A change that is rolled back leaves no entry.
    await expect(
      ana.call(api.saveWorkflow, {
        params: { workflowId: query.id },
        body: { name: 'x', sqlQuery: 'x', parameters: [], values: {}, instanceId: null, baseVersion: 7 },
      }),
    ).rejects.toMatchObject({ type: 'version-conflict' })
    expect((await ana.call(api.listAudit, { query: {} })).total).toBe(4)
    for (const change of [
      sql`update audit_log set user_name = 'x'`,
      sql`delete from audit_log`,
      sql`truncate audit_log`,
    ])
      await expect(change.execute(db)).rejects.toThrow('append-only')

    const answer = await ana.fetch(api.exportAudit.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-.*\.ndjson"$/)
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => api.AuditEntry.parse(JSON.parse(line)))
    expect(lines.map(({ action }) => action)).toEqual([
      'signed-in',
      'connection-made',
      'token-created',
      'query-created',
      'audit-exported',
    ])
  },
)

function asToken(baseUrl: string, secret: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${secret}`)
  return fetch(`${baseUrl}${path}`, { ...init, headers })
}
