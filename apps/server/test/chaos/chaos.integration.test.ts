import { databaseKinds } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { runChaos } from './chaos.ts'

/** The short form of `scripts/chaos.ts`; Longer ones are run by hand. */
test(
  'F-44, S-222: runs under a mix of all faults, with kill -9 of server and worker, each reach their true end once, with their rows',
  { timeout: 600_000 },
  async () => {
    const isShared = databaseKinds.includes('postgresql')
    const report = await runChaos({
      database: isShared ? 'postgresql' : 'embedded',
      roles: isShared ? ['api', 'worker'] : ['all'],
      runs: 12,
      seed: 7,
      killEvery: [3, 2],
    })
    expect(report.deviations).toEqual([])
    expect(report).toMatchObject({ endings: { completed: 11, failed: 1 }, accepted: 12 })
    expect(report.checksums).toBeLessThanOrEqual(report.instances)
    expect(Object.keys(report.faults).length).toBeGreaterThan(3)
    expect(Object.keys(report.kills).length).toBeGreaterThan(0)
  },
)
