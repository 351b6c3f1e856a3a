import * as api from '@recomamp/contracts'
import { type World, usualKind, signInAt, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'

interface Begun {
  readonly callback: string
  readonly cookie: string
}

/** Goes as far as Amazon's redirect back, as a browser would. */
async function begin(world: World, options: { approve?: string; returnTo?: string } = {}): Promise<Begun> {
  const login = await fetch(`${world.url()}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ returnTo: options.returnTo ?? '/workbench?tab=2' }),
  })
  expect(login.status).toBe(200)
  const [cookie = ''] = login.headers.getSetCookie()
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).toMatch(/Path=\/api\/auth\/callback/)
  expect(cookie).toMatch(/Max-Age=600/)
  const { authorizationUrl } = api.login.ok.body.parse(await login.json())
  expect(new URL(authorizationUrl).searchParams.get('code_challenge_method')).toBe('S256')
  const consent = await fetch(`${authorizationUrl}&auto_approve=${options.approve ?? 'ana'}`, { redirect: 'manual' })
  return { callback: consent.headers.get('location') ?? '', cookie: cookie.split(';')[0] ?? '' }
}

async function complete(begun: Begun): Promise<{ to: string; session: string | undefined }> {
  const answer = await fetch(begun.callback, { redirect: 'manual', headers: { cookie: begun.cookie } })
  expect(answer.status).toBe(303)
  const session = answer.headers.getSetCookie().find((line) => line.startsWith('recomamp-session='))
  return { to: answer.headers.get('location') ?? '', session }
}

describe.each(usualKind)('sign-in on %s', (database) => {
  test('S-029, S-064, S-137, S-139, S-168, S-205, S-235: a person signs in, comes back to where they wanted, and is who Amazon says', async () => {
    await using world = await startWorld({ database })
    const { to, session } = await complete(await begin(world))
    expect(to).toBe('/workbench?tab=2')
    expect(session).toMatch(/HttpOnly.*SameSite=Strict/)
    expect(session).toMatch(/Path=\/api\/auth;/)
    const ana = await world.signIn('ana')
    const user = await ana.call(api.getCurrentUser, {})
    expect(user).toMatchObject({
      name: 'Ana Sorel',
      email: 'ana@example.com',
      workspace: { name: 'Workspace of Ana Sorel' },
      connections: [{ provider: 'sandbox', region: 'na', health: 'healthy' }],
    })
    expect(await ana.call(api.getCurrentUserAsMe, {})).toEqual(user)
    // The same person again, in another browser: the same user, workspace and connection.
    const again = await signInAt(world.url(), 'ana')
    const same = await again.call(api.getCurrentUser, {})
    expect([same.id, same.workspace.id, same.connections.length]).toEqual([user.id, user.workspace.id, 1])
    const ben = await world.signIn('ben')
    expect((await ben.call(api.getCurrentUser, {})).workspace.id).not.toBe(user.workspace.id)
  })

  test('F-50, S-223: a sign-in that began before a restart is completed after it, and sessions live on', async () => {
    await using world = await startWorld({ database, env: { PORT: '18107' } })
    const ben = await world.signIn('ben')
    const begun = await begin(world)
    await world.restart()
    expect((await complete(begun)).to).toBe('/workbench?tab=2')
    expect((await ben.call(api.getCurrentUser, {})).name).toBe('Ben Adeyemi')
    await ben.renew()
  })

  test('a sign-in works once, in the browser that began it, within ten minutes', async () => {
    await using world = await startWorld({ database })
    const begun = await begin(world)
    const stranger = await fetch(begun.callback, { redirect: 'manual' })
    expect(stranger.headers.get('location')).toBe('/sign-in?reason=other-browser')
    expect((await complete(begun)).session).toBeDefined()
    expect(await complete(begun)).toMatchObject({ to: '/sign-in?reason=state-unknown', session: undefined })
    const late = await begin(world)
    world.clock.advance(600_001)
    expect((await complete(late)).to).toBe('/sign-in?reason=state-expired')
    const forged = { ...late, callback: late.callback.replace(/state=[^&]+/, 'state=made-up') }
    expect((await complete(forged)).to).toBe('/sign-in?reason=state-unknown')
  })

  test('a refused consent and a spoilt code come back to the sign-in page with the reason', async () => {
    await using world = await startWorld({ database })
    const refused = await begin(world, { approve: '' })
    expect((await complete(refused)).to).toBe('/sign-in?reason=refused&returnTo=%2Fworkbench%3Ftab%3D2')
    const spoilt = await begin(world)
    const wrong = { ...spoilt, callback: spoilt.callback.replace(/code=[^&]+/, 'code=wrong') }
    expect((await complete(wrong)).to).toMatch(/^\/sign-in\?reason=code-refused/)
  })

  test('S-041, F-32: tokens are encrypted before they reach the database', async () => {
    await using world = await startWorld({ database })
    await world.signIn('ana')
    const { db } = world
    const stored = await db.selectFrom('connections').selectAll().executeTakeFirstOrThrow()
    expect(stored.access_token_encrypted).toMatch(/^gAAAA/)
    expect(stored.refresh_token_encrypted).toMatch(/^gAAAA/)
    const states = await db.selectFrom('sign_in_states').selectAll().execute()
    expect(JSON.stringify([stored, states])).not.toMatch(/Atz[ar]\|/)
  })
})

test('F-38, S-203: nobody signs in by an address alone, and returnTo leads nowhere else', async () => {
  await using world = await startWorld()
  const post = (body: unknown) =>
    fetch(`${world.url()}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  expect((await post({ email: 'ana@example.com' })).status).toBe(400)
  for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'workbench'])
    expect([returnTo, (await post({ returnTo })).status]).toEqual([returnTo, 400])
  expect((await post({ provider: 'amazon' })).status).toBe(422)
})

test('two people with one e-mail address both sign in', async () => {
  await using world = await startWorld()
  await world.signIn('ana')
  const { db } = world
  await db.updateTable('users').set({ email: 'BEN@example.com' }).execute()
  const ben = await world.signIn('ben')
  expect((await ben.call(api.getCurrentUser, {})).email).toBeNull()
})

test('sign-ins in two tabs do not disturb each other', async () => {
  await using world = await startWorld()
  const [first, second] = [await begin(world), await begin(world)]
  const cookie = `${first.cookie}; ${second.cookie}`
  expect((await complete({ ...second, cookie })).session).toBeDefined()
  expect((await complete({ ...first, cookie })).session).toBeDefined()
})

test('a way back that no header can carry as it is arrives percent-encoded, on this site', async () => {
  await using world = await startWorld()
  const { to, session } = await complete(await begin(world, { returnTo: '/queries/größe?q=%C3%A9\u0001' }))
  expect(to).toBe('/queries/gr%C3%B6%C3%9Fe?q=%C3%A9%01')
  expect(session).toBeDefined()
})
