import { Problem, getCurrentUser } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { createCall } from './http.ts'
import { createTokens } from './tokens.ts'

const user = {
  id: '0b0e7a52-6d0b-4d6e-9d0e-000000000001',
  name: 'Ana',
  email: null,
  workspace: { id: '0b0e7a52-6d0b-4d6e-9d0e-000000000002', name: 'Ana' },
  role: 'owner',
  workspaces: [],
  provider: 'sandbox',
  connections: [],
}

/** A server that takes one token and answers 401 to every other. */
function serverTaking(good: string) {
  const seen: string[] = []
  const fetchIt: typeof fetch = async (_, init) => {
    const token = new Headers(init?.headers).get('authorization') ?? ''
    seen.push(token)
    await Promise.resolve()
    return token === `Bearer ${good}`
      ? Response.json(user)
      : Response.json({ type: '/problems/session-ended', title: 'The session has ended' }, { status: 401 })
  }
  return { seen, fetch: fetchIt }
}

test('S-074, S-105, S-111: ten parallel calls with an expired token cause one refresh and all succeed', async () => {
  const server = serverTaking('fresh')
  let refreshes = 0
  const tokens = createTokens({
    async refresh() {
      refreshes += 1
      await Promise.resolve()
      return { accessToken: 'fresh', expiresIn: 900, workspaceId: 'w' }
    },
  })
  tokens.adopt({ accessToken: 'expired', expiresIn: 900, workspaceId: 'w' })
  const call = createCall({ fetch: server.fetch, tokens })
  const answers = await Promise.all(Array.from({ length: 10 }, () => call(getCurrentUser, {})))
  expect(answers.map((each) => each.name)).toEqual(Array.from({ length: 10 }, () => 'Ana'))
  expect(refreshes).toBe(1)
  expect(server.seen).toHaveLength(20)
})

test('S-075, S-105, S-112: when the refresh is refused, every waiting call rejects and the end is said once', async () => {
  const server = serverTaking('none')
  let refreshes = 0
  const tokens = createTokens({
    async refresh() {
      refreshes += 1
      await Promise.resolve()
      throw new Problem('session-ended')
    },
  })
  tokens.adopt({ accessToken: 'expired', expiresIn: 900, workspaceId: 'w' })
  const states: string[] = []
  tokens.subscribe(() => states.push(tokens.state()))
  const call = createCall({ fetch: server.fetch, tokens })
  const answers = await Promise.allSettled(Array.from({ length: 10 }, () => call(getCurrentUser, {})))
  expect(answers.every((each) => each.status === 'rejected' && each.reason instanceof Problem)).toBe(true)
  expect(states).toEqual(['ended'])
  expect(refreshes).toBe(1)
  await expect(call(getCurrentUser, {})).rejects.toThrow(Problem)
  expect(refreshes).toBe(1)
})

test('F-35: a refresh that is never answered rejects all who wait, and ends nothing', async () => {
  const tokens = createTokens({ refresh: () => new Promise(() => {}), timeLimitMs: 20 })
  tokens.adopt({ accessToken: 'expired', expiresIn: 900, workspaceId: 'w' })
  const waiting = await Promise.allSettled([tokens.renew('expired'), tokens.renew('expired')])
  expect(waiting.map((each) => each.status)).toEqual(['rejected', 'rejected'])
  expect(tokens.state()).toBe('signed-in')
})

test('F-35: a refresh without a token in its answer rejects', async () => {
  const tokens = createTokens({
    refresh: async () => (await import('@recomamp/contracts')).refreshSession.ok.body.parse({}),
  })
  await expect(tokens.renew(null)).rejects.toThrow(/accessToken/)
})

test('F-36: 403 and a dead network sign nobody out', async () => {
  const tokens = createTokens({ refresh: () => Promise.reject(new TypeError('network')) })
  tokens.adopt({ accessToken: 'good', expiresIn: 900, workspaceId: 'w' })
  const call = createCall({
    tokens,
    fetch: () => Promise.resolve(Response.json({ type: '/problems/unexpected', title: 'no' }, { status: 403 })),
  })
  await expect(call(getCurrentUser, {})).rejects.toThrow(Problem)
  await expect(tokens.renew('good')).rejects.toThrow(TypeError)
  expect(tokens.state()).toBe('signed-in')
})

test('a first visit without a session is signed out, not ended', async () => {
  const tokens = createTokens({ refresh: () => Promise.reject(new Problem('not-signed-in')) })
  await expect(tokens.renew(null)).rejects.toThrow(Problem)
  expect(tokens.state()).toBe('signed-out')
})

test('a session that has gone on in another workspace moves the page once, and nothing that was begun before goes there', async () => {
  const server = serverTaking('of b')
  let moves = 0
  const tokens = createTokens({
    refresh: () => Promise.resolve({ accessToken: 'of b', expiresIn: 900, workspaceId: 'b' }),
    onMoved: () => (moves += 1),
  })
  tokens.adopt({ accessToken: 'of a', expiresIn: 900, workspaceId: 'a' })
  const call = createCall({ fetch: server.fetch, tokens })
  for (let times = 0; times < 2; times += 1)
    await expect(call(getCurrentUser, {})).rejects.toMatchObject({ type: 'workspace-not-found' })
  tokens.adopt({ accessToken: 'of b', expiresIn: 900, workspaceId: 'b' })
  expect([moves, tokens.current(), server.seen]).toEqual([1, 'of a', ['Bearer of a', 'Bearer of a']])
})
