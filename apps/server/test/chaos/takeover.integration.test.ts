import { databaseKinds, eventually } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { aQuery, anInstance, ended, run } from '../flows/runs.ts'
import { control } from './chaos.ts'
import { openStage } from './stage.ts'

const takeOverMs = 30_000
const env = { EXECUTION_POLL_INTERVAL_SECONDS: '1', LOG_LEVEL: 'warn' }

/** Two processes that answer and work need PostgreSQL: the embedded database lets one in. */
describe.runIf(databaseKinds.includes('postgresql'))(
  'two server processes on one PostgreSQL',
  { timeout: 480_000 },
  () => {
    test.concurrent('S-222: send, ask, fetch and tell each run once', async () => {
      await using stage = await openStage({
        database: 'postgresql',
        roles: ['api', 'api', 'worker', 'worker'],
        env,
        emulatorOptions: ['--setting', 'runningMs=300'],
      })
      const [first, second] = [await stage.start(0), await stage.start(1)]
      await Promise.all([stage.start(2), stage.start(3)])
      const ana = await stage.ana(0)
      const query = await aQuery(ana)
      const { id: instanceId } = await anInstance(ana)
      const runs = 20
      const begin = (number: number) => {
        ana.baseUrl = number % 2 === 0 ? first.url : second.url
        return run(ana, query, { instanceId })
      }
      const executions = await Promise.all(Array.from({ length: runs }, (_, number) => begin(number)))
      for (const execution of executions) expect((await ended(ana, execution, 60_000)).status).toBe('completed')
      const { call } = await control(stage, 'counts')
      expect(call).toMatchObject({
        createWorkflowExecution: runs,
        getWorkflowExecution: runs,
        getWorkflowExecutionDownloadUrls: runs,
        downloadResult: runs,
      })
      for (const status of ['queued', 'submitting', 'pending', 'ingesting', 'completed']) {
        const told = await stage.told(status)
        expect([status, ...executions.map(({ id }) => told.get(id))]).toEqual([status, ...executions.map(() => 1)])
      }
    })

    test.concurrent.each([
      ['polling', 'listWorkflowExecutions'],
      ['ingest', 'downloadResult'],
    ])(
      'S-222, S-257: one is killed in the middle of %s, the other takes over within 30 s',
      async (_phase, operation) => {
        await using stage = await openStage({ database: 'postgresql', roles: ['all', 'all'], env })
        const first = await stage.start(0)
        const ana = await stage.ana(0)
        const query = await aQuery(ana)
        const { id: instanceId } = await anInstance(ana)
        // The first process alone holds the lease, and is kept waiting until it is killed.
        await control(stage, 'faults', { operation, times: 1, delayBeforeMs: 60_000 })
        const execution = await run(ana, query, { instanceId })
        await eventually(async () => (await control(stage, 'counts'))['call']?.[operation] === 1)
        const second = await stage.start(1)
        await first.stop('SIGKILL')
        const killed = performance.now()
        ana.baseUrl = second.url
        const done = await ended(ana, execution, 60_000)
        const tookMs = Math.round(performance.now() - killed)
        expect(done.status).toBe('completed')
        expect(tookMs).toBeLessThan(takeOverMs)
        const counts = await control(stage, 'counts')
        expect(counts['execution']?.[done.amcWorkflowId]).toBe(1)
        expect((await stage.told('completed')).get(execution.id)).toBe(1)
      },
    )
  },
)
