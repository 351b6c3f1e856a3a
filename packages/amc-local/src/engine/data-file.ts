import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Part } from '../generate/build-data.ts'
import type { Family } from '../generate/families.ts'
import { generatorVersion, planGeneration } from '../generate/plan.ts'

export interface DataFileOptions {
  folder: string
  seed: number
  size: 'small' | 'large'
  /** First day without data, `YYYY-MM-DD`. */
  endDay: string
}

/** Where the data of these options lives; the name says everything that the content depends on. Without a family, the base. */
export function dataFilePath(options: DataFileOptions, family?: Family): string {
  const { folder, seed, size, endDay } = options
  const suffix = family === undefined ? '' : `-${family}`
  return join(folder, `synthetic-${generatorVersion}-${seed}-${size}-${endDay}${suffix}.duckdb`)
}

/** Makes sure that the base file exists, and tidies up after days long past. */
export async function ensureDataFile(options: DataFileOptions, signal: AbortSignal): Promise<string> {
  const file = dataFilePath(options)
  if (existsSync(file)) return file
  await build(options, file, { base: true }, signal)
  removeOutdated(options)
  return file
}

/** Makes sure that the file with a family's tables exists, and the base that it is made from. */
export async function ensureFamilyFile(options: DataFileOptions, family: Family, signal: AbortSignal): Promise<string> {
  const file = dataFilePath(options, family)
  if (!existsSync(file)) await build(options, file, { family, baseFile: await ensureDataFile(options, signal) }, signal)
  return file
}

export interface BuildThreadData {
  file: string
  temporary: string
  plan: ReturnType<typeof planGeneration>
  part: Part
}

/**
 * A file is built in a thread of its own under a temporary name and renamed when complete, so that a reader never meets half a
 * file; of two builders at once the later rename wins with the same rows, and a reader of the earlier file keeps reading it.
 * Aborting leaves no file behind.
 */
async function build(options: DataFileOptions, file: string, part: Part, signal: AbortSignal): Promise<void> {
  mkdirSync(options.folder, { recursive: true })
  const temporary = `${file}.${process.pid}-${randomUUID()}.building`
  try {
    await buildInThread({ file, temporary, plan: planGeneration(options), part }, signal)
  } finally {
    for (const leftover of [temporary, `${temporary}.wal`]) rmSync(leftover, { force: true })
  }
}

/** The thread is asked to stop and ends by itself: terminating a thread inside of DuckDB aborts the whole process. */
async function buildInThread(data: BuildThreadData, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./build-thread.ts', import.meta.url), { workerData: data })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let failure: unknown
  worker.once('error', (error) => (failure = error))
  worker.once('exit', (code) =>
    code === 0 ? resolve() : reject(failure ?? new Error(`The build ended with code ${code}`)),
  )
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
  const stop = () => worker.postMessage('stop')
  signal.addEventListener('abort', stop, { once: true })
  try {
    await promise
  } catch (error) {
    signal.throwIfAborted()
    throw new Error('The synthetic data could not be built', { cause: error })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const threeDaysMs = 3 * 24 * 60 * 60 * 1000

/**
 * Each day brings a new end day and thereby new files; those not written for three days go. A process that still reads one keeps
 * its open file, and one that wants it again builds it again.
 */
function removeOutdated(options: DataFileOptions): void {
  const current = dataFilePath(options).slice(options.folder.length + 1, -'.duckdb'.length)
  for (const name of readdirSync(options.folder)) {
    if (!/^synthetic-\d+-\d+-(small|large)-\d{4}-\d\d-\d\d(-[a-z]+)?\.duckdb/.test(name)) continue
    const path = join(options.folder, name)
    const modified = name.startsWith(current) ? undefined : statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (modified !== undefined && Date.now() - modified > threeDaysMs) rmSync(path, { force: true })
  }
}
