import { databaseKinds } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { runSteady } from './steady/steady.ts'

/** The short form of `scripts/steady.ts`; it needs PostgreSQL, which two API processes and two workers share. */
test.runIf(databaseKinds.includes('postgresql'))(
  'S-222, S-259: behind a proxy, with one process of each kind killed in between, clients see no error, streams miss no event and no run is lost or doubled',
  { timeout: 400_000 },
  async () => {
    const report = await runSteady({ seconds: 25, seed: 7, requestsPerSecond: 10, runEvery: 2, listeners: 40 })
    expect(report.deviations).toEqual([])
    const { kills, load, runs, streams } = report
    expect(kills.map(({ what }) => what.replace(/\d+/, '').trim()).toSorted()).toEqual(
      expect.arrayContaining(['api', 'connections to the database', 'emulator', 'proxy', 'worker']),
    )
    expect(load.times.length).toBeGreaterThan(200)
    expect(runs).toMatchObject({ started: 13, accepted: 13, endings: { completed: 12, failed: 1 } })
    expect(streams.resumes).toBeGreaterThanOrEqual(streams.listeners)
    expect(streams.told).toBeGreaterThan(0)
  },
)
