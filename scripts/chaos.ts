import { parseArgs } from 'node:util'
import { type ChaosReport, runChaos } from '../apps/server/test/chaos/chaos.ts'

/** `chaos.ts RUNS SEED [--embedded]`: runs under every fault of Amazon and its network while servers are killed; prints what became of
 *  them and ends with 0 when every one reached its true end once and has its rows, with 1 when not, with 130 when it is stopped.
 *  PostgreSQL, with two API processes and two workers, is the one of TEST_DATABASE_URL. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { embedded: { type: 'boolean' } } })
const [runs = NaN, seed = NaN] = positionals.map(Number)
if (!Number.isInteger(runs) || !Number.isInteger(seed) || runs < 1) {
  console.error('Usage: chaos.ts RUNS SEED [--embedded]')
  process.exit(2)
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))

const isEmbedded = values.embedded === true
try {
  const report = await runChaos({
    database: isEmbedded ? 'embedded' : 'postgresql',
    roles: isEmbedded ? ['all'] : ['api', 'api', 'worker', 'worker'],
    runs,
    seed,
    killEvery: [4, 8],
    signal: stop.signal,
    progress: (line) => console.error(line),
  })
  print(report)
  process.exit(report.deviations.length === 0 ? 0 : 1)
} catch (error) {
  if (!stop.signal.aborted) throw error
  console.error('Stopped; its servers are ended and its folder is removed.')
  process.exit(130)
}

function print(report: ChaosReport): void {
  const { deviations } = report
  const where = isEmbedded ? 'the embedded database, one server' : 'PostgreSQL, two API processes and two workers'
  console.log(`${runs} runs from seed ${seed} on ${where}, ${report.seconds} s\n`)
  const rows = [
    ['ended', told(report.endings)],
    ['accepted by Amazon', `${report.accepted} executions`],
    ['rows compared', String(report.rowsCompared)],
    ['different checksums', `${report.checksums} on ${report.instances} instances`],
    ['kills', told(report.kills)],
    ['calls', String(sum(report.calls))],
    ...Object.entries(report.calls).map(([operation, times]) => [`  ${operation}`, String(times)]),
    ['calls with a fault', String(sum(report.faults))],
    ...Object.entries(report.faults).map(([fault, times]) => [`  ${fault}`, String(times)]),
    ['deviations', String(deviations.length)],
  ]
  const width = Math.max(...rows.map(([name = '']) => name.length))
  for (const [name = '', value = ''] of rows) console.log(`${name.padEnd(width)}  ${value}`)
  for (const deviation of deviations) console.log(deviation)
}

function told(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, times) => total + times, 0)
}
