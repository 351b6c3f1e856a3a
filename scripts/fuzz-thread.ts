import { parentPort, workerData } from 'node:worker_threads'
import { corpusSchema } from '../packages/amc-sql/corpus/corpus-schema.ts'
import { readBeginnings } from '../packages/amc-sql/test/fuzzing/beginnings.ts'
import { runInput, type Run } from '../packages/amc-sql/test/fuzzing/run-input.ts'

/** What scripts/fuzz-language.ts asks of this thread. */
export interface FuzzingStart {
  first: number
  count: number
  /** Prints the inputs themselves. */
  show: boolean
  current: Float64Array
}

export interface FuzzingReport {
  text: string
  /** Inputs with faults since the last report. */
  failed: number
}

const { first, count, show, current } = workerData as FuzzingStart
const beginnings = readBeginnings(corpusSchema)
const say = (text: string, failed = 0) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
  parentPort?.postMessage({ text, failed } satisfies FuzzingReport)

/** Between two lines about the rate. */
const reportEvery = 60_000
/** Below it the fixed cost of an input says nothing about its length. */
const shortest = 1000

const byKind = new Map<string, { inputs: number; characters: number; time: number }>()
let slowest: Run | null = null
let reported = performance.now()
let failed = 0

for (let seed = first; seed < first + count; seed += 1) {
  current[0] = seed
  const run = runInput(seed, beginnings, corpusSchema)
  note(run)
  if (show) say(`${seed}, ${run.kind}:\n${run.text}`)
  if (run.faults.length > 0) {
    failed += 1
    say(`seed ${seed}, ${run.kind}, ${run.text.length} characters: ${run.faults.join('\n  ')}`, 1)
  }
  if (performance.now() - reported > reportEvery) {
    reported = performance.now()
    say(`${new Date().toISOString()} ${summary(seed - first + 1)}`)
  }
}
say(`${summary(count)}\n${table()}`)

function note(run: Run): void {
  const kind = byKind.get(run.kind) ?? { inputs: 0, characters: 0, time: 0 }
  kind.inputs += 1
  kind.characters += run.text.length
  kind.time += run.time
  byKind.set(run.kind, kind)
  if (run.text.length >= shortest && perKilobyte(run) > (slowest === null ? 0 : perKilobyte(slowest))) slowest = run
}

function perKilobyte({ time, text }: Run): number {
  return time / (text.length / 1000)
}

function summary(done: number): string {
  let time = 0
  for (const kind of byKind.values()) time += kind.time
  const slow =
    slowest === null ? '' : `; slowest per kB: seed ${slowest.seed} with ${Math.round(perKilobyte(slowest))} ms`
  const rate = Math.round((done / Math.max(1, time)) * 1000)
  return `${done} inputs from seed ${first}, ${failed} with faults, ${rate} per second of CPU time${slow}`
}

function table(): string {
  return [...byKind]
    .toSorted(([, a], [, b]) => b.inputs - a.inputs)
    .map(
      ([kind, { inputs, characters, time }]) =>
        `${kind}: ${inputs} inputs, ${characters} characters, ${Math.round(time)} ms`,
    )
    .join('\n')
}
