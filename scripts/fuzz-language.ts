import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { FuzzingReport, FuzzingStart } from './fuzz-thread.ts'

/**
 * `node scripts/fuzz-language.ts [count] [seed]`: runs inputs made from the seeds `seed`, `seed + 1`, … through the whole language and
 * prints every fault with the seed that makes it again: `node scripts/fuzz-language.ts 1 SEED --show`. See docs/amc-sql/fuzzing.md.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { show: { type: 'boolean' } } })
const count = Number(positionals[0] ?? 1000)
const first = Number(positionals[1] ?? 1)

/** Seconds after which an input counts as hanging; far above the time budget, since other programs may hold the machine. */
const longest = 600

/** The seed in work, which the thread writes and the watch reads: a thread that hangs answers nothing. */
const current = new Float64Array(new SharedArrayBuffer(8))
let failed = 0

for (let next = first; next < first + count;) next = await work(next, first + count - next)
process.exit(failed > 0 ? 1 : 0)

/** Runs inputs in a thread until they are done or one hangs; answers with the seed to go on from. */
function work(from: number, count: number): Promise<number> {
  const workerData: FuzzingStart = { first: from, count, show: values.show ?? false, current }
  const thread = new Worker(new URL('fuzz-thread.ts', import.meta.url), { workerData })
  return new Promise((resolve, reject) => {
    let [seen, since] = [-1, performance.now()]
    const watch = setInterval(() => {
      const seed = current[0] ?? -1
      if (seed !== seen) [seen, since] = [seed, performance.now()]
      else if (performance.now() - since > longest * 1000) {
        failed += 1
        console.log(`seed ${seed} hangs`)
        void thread.terminate().then(() => end(seed + 1))
      }
    }, 1000)
    const end = (next: number) => {
      clearInterval(watch)
      resolve(next)
    }
    thread.on('message', (report: FuzzingReport) => {
      failed += report.failed
      console.log(report.text)
    })
    thread.on('error', (error) => {
      clearInterval(watch)
      reject(new Error(`seed ${current[0] ?? -1} ended its thread`, { cause: error }))
    })
    thread.on('exit', (code) => code === 0 && end(from + count))
  })
}
