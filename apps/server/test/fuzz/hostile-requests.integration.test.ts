import { startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { aQuery, ended, run } from '../flows/runs.ts'
import { fuzzRequests, idsOf } from './fuzz-requests.ts'

/** Of another place with each run of the suite, so that they add up. */
const seed = Math.floor(Date.now() / 1000)

test(`400 requests made from the description of the API, from seed ${seed}: none fails inside, hangs or breaks off`, async () => {
  await using world = await startWorld()
  const [ana, ben] = await Promise.all([world.signIn('ana'), world.signIn('ben')])
  await ended(ana, await run(ana, await aQuery(ana)))
  const report = await fuzzRequests({
    baseUrl: world.url(),
    people: [ana, ben],
    known: await idsOf(ana),
    count: 400,
    seed,
    lanes: 4,
    limitMs: 60_000,
  })
  expect(report.faults).toEqual([])
  expect(Object.keys(report.statuses)).toEqual(expect.arrayContaining(['200', '400', '401', '404']))
})
