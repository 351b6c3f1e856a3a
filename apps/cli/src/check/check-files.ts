import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type CheckedFile, type FileOptions, type FileToCheck, checkFile } from './check-file.ts'

/** A thread takes about as long to start as the check of this much text. */
const bytesPerThread = 500_000
/** What a thread takes at a time: enough to keep it busy, and few enough that all end together. */
const batchSize = 16

/** Checks files, many of them in several threads at once; the answers come in the order of the files. */
export async function* checkFiles(files: readonly FileToCheck[], options: FileOptions): AsyncGenerator<CheckedFile> {
  const threads = Math.min(availableParallelism(), Math.floor((await bytesOf(files)) / bytesPerThread))
  if (threads > 1) yield* checkInThreads(files, options, threads)
  else for (const file of files) yield checkFile(file, options)
}

/** The size of all files together; one that is not there has none. */
async function bytesOf(files: readonly FileToCheck[]): Promise<number> {
  const sizes = files.map(async ({ source }) => {
    if ('read' in source) return 0
    return stat(source.path).then(
      ({ size }) => size,
      () => 0,
    )
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

async function* checkInThreads(
  files: readonly FileToCheck[],
  options: FileOptions,
  threads: number,
): AsyncGenerator<CheckedFile> {
  const batches = Array.from({ length: Math.ceil(files.length / batchSize) }, (_, at) => ({
    files: files.slice(at * batchSize, (at + 1) * batchSize),
    answer: Promise.withResolvers<CheckedFile[]>(),
  }))
  // Whoever comes to a batch gets its failure; with nobody there yet it must not end the process.
  for (const { answer } of batches) answer.promise.catch(() => undefined)
  const left = batches.values()
  const workers = Array.from({ length: threads }, () => startThread(left, options, (error) => fail(batches, error)))
  try {
    for (const { answer } of batches) yield* await answer.promise
  } finally {
    await Promise.all(workers.map(async (worker) => worker.terminate()))
  }
}

interface Batch {
  files: FileToCheck[]
  answer: PromiseWithResolvers<CheckedFile[]>
}

function startThread(left: Iterator<Batch>, options: FileOptions, fail: (error: unknown) => void): Worker {
  const worker = new Worker(new URL('./check-thread.ts', import.meta.url), { workerData: options })
  let current: Batch | null = null
  const takeNext = () => {
    const { value, done } = left.next()
    current = done === true ? null : value
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    if (current !== null) worker.postMessage(current.files)
  }
  worker.on('message', (answer: CheckedFile[]) => {
    current?.answer.resolve(answer)
    takeNext()
  })
  worker.on('error', fail)
  takeNext()
  return worker
}

function fail(batches: readonly Batch[], error: unknown): void {
  for (const { answer } of batches) answer.reject(error)
}
