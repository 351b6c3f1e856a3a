import { Worker } from 'node:worker_threads'
import type { AttachedFile, FromQueryThread, LocalValue, QueryThreadData, ToQueryThread } from './protocol.ts'

/** A query that did not come to its end: over its time limit, refused as no SELECT, or failed in DuckDB. */
export class LocalQueryError extends Error {
  readonly reason: 'time-limit' | 'refused' | 'failed'

  constructor(reason: LocalQueryError['reason'], message: string) {
    super(message)
    this.name = 'LocalQueryError'
    this.reason = reason
  }
}

export interface QueryRun {
  signal?: AbortSignal | undefined
  timeLimitMs: number
  /** What the query reads beside the base. */
  files?: readonly AttachedFile[]
}

export interface QueryConnection {
  /** Resolves when the query's first rows can be fetched; rejects with LocalQueryError or the signal's reason. */
  execute(sql: string, run: QueryRun): Promise<AsyncIterable<LocalValue[][]>>
  close(): Promise<void>
}

type Answer = Exclude<FromQueryThread, { type: 'open' }>

/** Starts the query thread on a finished base file; resolves when it can take queries. */
export async function openQueryConnection(data: QueryThreadData): Promise<QueryConnection> {
  const worker = new Worker(new URL('./query-thread.ts', import.meta.url), { workerData: data })
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: unknown) => void }>()
  const opened = Promise.withResolvers<void>()
  let ended: Error | null = null
  let lastId = 0

  const end = (error: Error) => {
    ended ??= error
    opened.reject(error)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (message: FromQueryThread) => {
    if (message.type === 'open') return opened.resolve()
    const waiter = waiting.get(message.id)
    waiting.delete(message.id)
    waiter?.resolve(message)
  })
  worker.on('error', end)
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  void exited.then(() => end(new Error('The local engine is closed')))

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
  const post = (message: ToQueryThread) => worker.postMessage(message)
  const ask = async (message: Extract<ToQueryThread, { type: 'start' | 'next' }>): Promise<Answer> => {
    if (ended !== null) throw ended
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.set(message.id, { resolve, reject })
    post(message)
    const answer = await promise
    if (answer.type === 'failed') throw new LocalQueryError(answer.reason, answer.message)
    return answer
  }

  await opened.promise
  return {
    async execute(sql, { signal, timeLimitMs, files = [] }) {
      signal?.throwIfAborted()
      lastId += 1
      const id = lastId
      const stop = () => post({ type: 'stop', id })
      signal?.addEventListener('abort', stop, { once: true })
      const tellAbort = (error: unknown): never => {
        signal?.removeEventListener('abort', stop)
        signal?.throwIfAborted()
        throw error
      }
      await ask({ type: 'start', id, sql, files, timeLimitMs }).catch(tellAbort)
      return batches(
        async () => ask({ type: 'next', id }).catch(tellAbort),
        stop,
        () => signal?.removeEventListener('abort', stop),
      )
    },
    async close() {
      // Never terminated from here: ending a thread inside of DuckDB aborts the whole process.
      post({ type: 'close' })
      await exited
    },
  }
}

/** One batch is fetched when one is asked for, so a slow reader holds the query back; leaving the loop stops it. */
async function* batches(
  next: () => Promise<Answer>,
  stop: () => void,
  release: () => void,
): AsyncGenerator<LocalValue[][]> {
  let complete = false
  try {
    for (let answer = await next(); answer.type === 'batch'; answer = await next()) yield answer.rows
    complete = true
  } finally {
    if (!complete) stop()
    release()
  }
}
