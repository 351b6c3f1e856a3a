import { parseArgs } from 'node:util'
import { runChaos } from '../apps/server/test/chaos/chaos.ts'

/** `chaos.ts RUNS SEED [--embedded]`: runs under every fault of Amazon and its network while servers are killed; prints what became of
 *  them and ends with 0 when every one ran once and has its rows. PostgreSQL is the one of TEST_DATABASE_URL. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { embedded: { type: 'boolean' } } })
const [runs = NaN, seed = NaN] = positionals.map(Number)
if (!Number.isInteger(runs) || !Number.isInteger(seed) || runs < 1) {
  console.error('Usage: chaos.ts RUNS SEED [--embedded]')
  process.exit(2)
}

const database = values.embedded === true ? 'embedded' : 'postgresql'
const report = await runChaos({ database, runs, seed, killEvery: [6, 10] })
console.log(JSON.stringify({ database, runs, seed, ...report }, null, 2))
const { endings, notOnce, wrongRows, notToldOnce } = report
const isRight =
  endings['completed'] === runs && [notOnce, wrongRows, notToldOnce].every((faults) => faults.length === 0)
process.exit(isRight ? 0 : 1)
