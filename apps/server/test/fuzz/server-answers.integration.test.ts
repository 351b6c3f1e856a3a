import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import { type World, eventually, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { decryptToken } from '#platform/crypto/tokens.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, anInstance, ended, run } from '../flows/runs.ts'
import { seeded } from '@recomamp/testkit/seeded'
import { mutateAnswer } from './mutate-answer.ts'

/** Answers of the real emulator, disturbed on their way to the server; DISTURBED_ANSWERS asks for a longer run. */
const disturbed = Number(process.env['DISTURBED_ANSWERS'] ?? 100)
/** Generous for a busy machine. */
const limitMs = 100_000 + disturbed * 1000

async function refreshTokenOf(world: World): Promise<string> {
  const { secrets } = world.server().ctx
  const { refresh_token_encrypted } = await world.db.selectFrom('connections').selectAll().executeTakeFirstOrThrow()
  return decryptToken(refresh_token_encrypted!, secrets.fernetKeys)
}

test(
  `${disturbed} mutated answers to discovery, polling, fetching and renewing: the server lives, ends no run falsely, loses no token`,
  async () => {
    const random = seeded(57)
    const proxy = { isOn: false, count: 0 }
    await using world = await startWorld({
      env: { EXECUTION_POLL_INTERVAL_SECONDS: '1', TOKEN_REFRESH_INTERVAL_SECONDS: '1', EXECUTION_SETTLE_SECONDS: '4' },
      emulator: { timings: { pendingMs: 3000, runningMs: 3000 } },
      between: {
        answer({ method, path }, answer) {
          // A refusal that looks like Amazon's to a run that was taken cannot be told from a true one: submissions pass.
          const passes = method === 'POST' && path.endsWith('/workflowExecutions')
          if (!proxy.isOn || passes || random() < 0.3) return answer
          proxy.count += 1
          const mutated = mutateAnswer({ ...answer, body: String(answer.body) }, random)
          // So do refusals of the grant itself: they ask for a sign-in, which is right.
          return { ...answer, ...mutated, status: mutated.status === 204 ? 200 : mutated.status }
        },
      },
    })
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana)
    const before = await refreshTokenOf(world)
    const undisturbed = await ended(ana, await run(ana, query, { instanceId: instance.id }))
    const executions = await Promise.all(Array.from({ length: 6 }, () => run(ana, query, { instanceId: instance.id })))
    proxy.isOn = true
    const { db } = world
    const rounds = Date.now() + limitMs
    while (proxy.count < disturbed && Date.now() < rounds) {
      // An hour passes for the tokens only: what the server looks at is their end.
      await db.updateTable('connections').set({ access_token_expires_at: world.clock.now() }).execute()
      await ana.renew()
      await ana.call(api.addInstances, { body: { by: 'discovery' } })
      const [connection] = (await ana.call(api.getCurrentUser, {})).connections
      await ana.call(api.checkConnection, { params: { connectionId: connection!.id } })
      await wait(200)
      expect((await fetch(`${world.url()}/readyz`)).status).toBe(200)
      for (const { id } of executions) {
        const { status } = await ana.call(api.getExecutionStatus, { params: { executionId: id } })
        // Amazon ends none of them badly, so neither may we.
        expect(['failed', 'cancelled']).not.toContain(status)
      }
      // Whoever waits for Amazon's pauses to pass would see few answers.
      world.clock.advance(20_000)
    }
    proxy.isOn = false
    expect(proxy.count).toBeGreaterThanOrEqual(disturbed)
    world.clock.advance(11 * 60_000)
    await ana.renew()
    for (const execution of executions) {
      const done = await ended(ana, execution, 60_000)
      expect(done).toMatchObject({ status: 'completed', rowCount: undisturbed.rowCount })
      expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
    }
    await db.updateTable('connections').set({ access_token_expires_at: world.clock.now() }).execute()
    const { id } = await db.selectFrom('connections').select('id').executeTakeFirstOrThrow()
    await acrossWorkspaces(async () => {
      for await (const _ of (await world.server().ctx.amcFor(id)).listAccounts());
    })
    expect(await refreshTokenOf(world)).toBe(before)
    await ana.call(api.addInstances, { body: { by: 'discovery' } })
    await eventually(async () => {
      const { items } = await ana.call(api.listInstances, {})
      return items.length >= 6 && items.every(({ available }) => available)
    }, 30_000)
  },
  limitMs + 140_000,
)
