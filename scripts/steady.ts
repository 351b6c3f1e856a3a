import { type SteadyReport, runSteady } from '../apps/server/test/chaos/steady/steady.ts'
import { quantile } from '../apps/server/test/chaos/steady/load.ts'
import { type Growth, growthOf, residentBetween } from '../apps/server/test/chaos/steady/memory.ts'

/** `steady.ts MINUTES SEED`: two API processes behind a proxy and two workers on the PostgreSQL of TEST_DATABASE_URL under 20 requests a
 *  second, a run every two seconds and 200 streams of events, while one process of each kind is killed; prints what became of them and
 *  ends with 0 when nothing was lost, doubled, missed or grew, with 1 when not, with 130 when it is stopped. */
const [minutes = NaN, seed = NaN] = process.argv.slice(2).map(Number)
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('Usage: steady.ts MINUTES SEED')
  process.exit(2)
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))

try {
  const report = await runSteady({
    seconds: minutes * 60,
    seed,
    requestsPerSecond: 20,
    runEvery: 2,
    listeners: 200,
    signal: stop.signal,
    progress: (line) => console.error(line),
  })
  print(report)
  process.exit(report.deviations.length === 0 ? 0 : 1)
} catch (error) {
  if (!stop.signal.aborted) throw error
  console.error('Stopped; its processes are ended and its folder is removed.')
  process.exit(130)
}

function print({ kills, load, tally, unchanged, runs, streams, lives, deviations }: SteadyReport): void {
  console.log(`${minutes} minutes from seed ${seed}\n`)
  const quantiles = [0.5, 0.95, 0.99, 1].map((part) => `${quantile(load, part)} ms`).join(', ')
  table([
    ['requests', String(load.times.length)],
    ...Object.entries(load.asked).map(([name, times]) => [`  ${name}`, String(times)]),
    ['answers of 304', String(unchanged)],
    ['p50, p95, p99, slowest', quantiles],
    ['errors that clients saw', String(load.errors.length)],
    ['requests repeated once', told(tally.repeats)],
    ['connections refused by the proxy', String(tally.refused)],
    ['runs', `${runs.started}: ${told(runs.endings)}`],
    ['accepted by Amazon', `${runs.accepted} executions`],
    ['rows compared', String(runs.rowsCompared)],
    ['different checksums', String(runs.checksums)],
    ['streams', String(streams.listeners)],
    ['events by workspace', streams.events.join(', ')],
    ['events told', String(streams.told)],
    ['streams resumed', String(streams.resumes)],
    ['streams not opened at once', told(streams.failures)],
    ['events missing, wrong', `${streams.missing}, ${streams.wrong}`],
    ...kills.map(({ what, at, tookSeconds }) => [
      `killed ${what}`,
      `${at.toFixed(0)} s, back in ${tookSeconds.toFixed(1)} s`,
    ]),
    ...lives.map((life) => [`memory of ${life.name} from ${Math.round(life.from)} s`, memoryOf(life)]),
    ['deviations', String(deviations.length)],
  ])
  const alike = Map.groupBy(deviations, (deviation) => deviation)
  for (const [deviation, { length }] of alike) console.log(length === 1 ? deviation : `${deviation} (${length} times)`)
}

/** Medians of what it had resident, and how a server grew. */
function memoryOf(life: SteadyReport['lives'][number]): string {
  const end = life.samples.at(-1)?.at ?? 0
  const medians: string[] = []
  for (let at = life.from; at < end; at += 300) medians.push(residentBetween(life, at, at + 300).toFixed(0))
  const found = growthOf(life)
  const told = ({ early, late, growth }: Growth) =>
    `${early.toFixed(1)}, then ${late.toFixed(1)} MB (${(growth * 100).toFixed(1)} %)`
  const growth = found === null ? '' : `; after minute 5 ${told(found.resident)}, of it heap ${told(found.heap)}`
  return `resident every five minutes ${medians.join(', ')} MB${growth}`
}

function table(rows: readonly (readonly string[])[]): void {
  const width = Math.max(...rows.map(([name = '']) => name.length))
  for (const [name = '', value = ''] of rows) console.log(`${name.padEnd(width)}  ${value}`)
}

function told(counts: Readonly<Record<string, number>>): string {
  const each = Object.entries(counts).map(([name, times]) => `${name} ${times}`)
  return each.length === 0 ? 'none' : each.join(', ')
}
