import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api'
import { Boxes } from './box.ts'
import { toLocalValue } from './local-value.ts'
import type { FromQueryThread, QueryThreadData, ToQueryThread } from './protocol.ts'

const port = parentPort
if (port === null) throw new Error('query-thread.ts runs in a worker thread only')

const { base, spillFolder }: QueryThreadData = workerData

interface RunningQuery {
  /** null until the query is let into a box. */
  connection: DuckDBConnection | null
  disconnect: () => void
  result: DuckDBResult | null
  /** True while DuckDB works for this query; between two batches it waits for its reader. */
  busy: boolean
  stopped: false | 'time-limit' | 'by-caller'
  timers: NodeJS.Timeout[]
}

const running = new Map<number, RunningQuery>()
const boxes = await Boxes.open(base, spillFolder)
send({ type: 'open' })

port.on('message', (message: ToQueryThread) => {
  if (message.type === 'close') void close()
  else if (message.type === 'stop') stop(message.id, 'by-caller')
  else void answer(message)
})

async function answer(message: Extract<ToQueryThread, { type: 'start' | 'next' }>): Promise<void> {
  const { id } = message
  try {
    if (message.type === 'start') await start(message)
    else await sendBatch(id)
  } catch (error) {
    const timeIsUp = running.get(id)?.stopped === 'time-limit'
    finish(id)
    const reason = error instanceof Refused ? 'refused' : timeIsUp ? 'time-limit' : 'failed'
    send({
      type: 'failed',
      id,
      reason,
      message: timeIsUp ? 'The query took longer than its time limit' : messageOf(error),
    })
  }
}

async function start(message: Extract<ToQueryThread, { type: 'start' }>): Promise<void> {
  const { id, sql, files, timeLimitMs } = message
  const query: RunningQuery = {
    connection: null,
    disconnect: () => undefined,
    result: null,
    busy: true,
    stopped: false,
    timers: [],
  }
  running.set(id, query)
  query.timers.push(setTimeout(() => stop(id, 'time-limit'), timeLimitMs))
  const { connection, close } = await boxes.connect(files)
  query.connection = connection
  query.disconnect = close
  throwIfStopped(query)
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw new Refused(`One query is needed, this text holds ${statements.count} statements`)
  const prepared = await statements.prepare(0)
  if (prepared.statementType !== StatementType.SELECT) throw new Refused('Only a SELECT can run on the synthetic data')
  throwIfStopped(query)
  query.result = await prepared.stream()
  throwIfStopped(query)
  query.busy = false
  send({ type: 'started', id })
}

async function sendBatch(id: number): Promise<void> {
  const query = running.get(id)
  if (query?.result == null) throw new Error('This query has ended')
  throwIfStopped(query)
  query.busy = true
  const chunk = await query.result.fetchChunk()
  throwIfStopped(query)
  query.busy = false
  if (chunk === null || chunk.rowCount === 0) {
    finish(id)
    send({ type: 'end', id })
  } else {
    send({ type: 'batch', id, rows: chunk.getRows().map((row) => row.map(toLocalValue)) })
  }
}

function stop(id: number, by: 'time-limit' | 'by-caller'): void {
  const query = running.get(id)
  if (query === undefined || query.stopped !== false) return
  query.stopped = by
  if (query.busy) {
    // Repeated, because an interruption that comes just before DuckDB begins is lost.
    query.connection?.interrupt()
    query.timers.push(setInterval(() => query.connection?.interrupt(), 50))
  } else if (by === 'by-caller') finish(id)
}

/** Ends this thread once DuckDB has let go of every query; its port is what keeps it alive. */
async function close(): Promise<void> {
  for (const [id, query] of running) {
    if (query.busy) stop(id, 'by-caller')
    else finish(id)
  }
  while (running.size > 0) await delay(5)
  boxes.close()
  port?.close()
}

function throwIfStopped(query: RunningQuery): void {
  if (query.stopped !== false) throw new Error('The query was stopped')
}

function finish(id: number): void {
  const query = running.get(id)
  if (query === undefined) return
  running.delete(id)
  for (const timer of query.timers) clearTimeout(timer)
  query.result = null
  query.disconnect()
}

class Refused extends Error {}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function send(message: FromQueryThread): void {
  port?.postMessage(message)
}
