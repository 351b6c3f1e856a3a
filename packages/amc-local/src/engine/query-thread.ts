import { parentPort, workerData } from 'node:worker_threads'
import { DuckDBInstance, StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api'
import { toLocalValue } from './local-value.ts'
import type { FromQueryThread, QueryThreadData, ToQueryThread } from './protocol.ts'

const port = parentPort
if (port === null) throw new Error('query-thread.ts runs in a worker thread only')

const { file, spillFolder }: QueryThreadData = workerData

interface RunningQuery {
  connection: DuckDBConnection
  timer: NodeJS.Timeout
  result: DuckDBResult | null
  stopped: 'no' | 'time-limit' | 'by-caller'
}

const running = new Map<number, RunningQuery>()
const instance = await openLockedDown()
send({ type: 'open' })

port.on('message', (message: ToQueryThread) => {
  if (message.type === 'stop') stop(message.id, 'by-caller')
  else void answer(message)
})

/**
 * Everything that reaches outside is switched off after the data is attached, and the switches are locked: a query can read
 * neither files nor the network nor change a setting, even when a text got past the language's own checks.
 */
async function openLockedDown(): Promise<DuckDBInstance> {
  const opened = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    temp_directory: spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await opened.connect()
  await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS synthetic (READ_ONLY)`)
  await connection.run(`SET TimeZone = 'UTC'`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  connection.closeSync()
  return opened
}

async function answer(message: Extract<ToQueryThread, { type: 'start' | 'next' }>): Promise<void> {
  const { id } = message
  try {
    if (message.type === 'start') await start(id, message.sql, message.timeLimitMs)
    else await sendBatch(id)
  } catch (error) {
    const stopped = running.get(id)?.stopped ?? 'by-caller'
    finish(id)
    if (stopped === 'by-caller' && !(error instanceof Refused)) {
      // The caller has gone, or asked after the end; the answer only closes its waiting.
      send({ type: 'failed', id, reason: 'failed', message: messageOf(error) })
    } else if (error instanceof Refused) send({ type: 'failed', id, reason: 'refused', message: error.message })
    else
      send({
        type: 'failed',
        id,
        reason: stopped === 'time-limit' ? 'time-limit' : 'failed',
        message: messageOf(error),
      })
  }
}

async function start(id: number, sql: string, timeLimitMs: number): Promise<void> {
  const connection = await instance.connect()
  const timer = setTimeout(() => stop(id, 'time-limit'), timeLimitMs)
  const query: RunningQuery = { connection, timer, result: null, stopped: 'no' }
  running.set(id, query)
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw new Refused(`One query is needed, this text holds ${statements.count} statements`)
  const prepared = await statements.prepare(0)
  if (prepared.statementType !== StatementType.SELECT) throw new Refused('Only a SELECT can run on the synthetic data')
  query.result = await prepared.stream()
  throwIfStopped(query)
  send({ type: 'started', id })
}

async function sendBatch(id: number): Promise<void> {
  const query = running.get(id)
  if (query?.result == null) throw new Error('This query has ended')
  const chunk = await query.result.fetchChunk()
  throwIfStopped(query)
  if (chunk === null || chunk.rowCount === 0) {
    finish(id)
    send({ type: 'end', id })
  } else {
    send({ type: 'batch', id, rows: chunk.getRows().map((row) => row.map(toLocalValue)) })
  }
}

function stop(id: number, by: 'time-limit' | 'by-caller'): void {
  const query = running.get(id)
  if (query === undefined) return
  if (query.stopped === 'no') query.stopped = by
  query.connection.interrupt()
}

function throwIfStopped(query: RunningQuery): void {
  if (query.stopped !== 'no') throw new Error('The query was stopped')
}

function finish(id: number): void {
  const query = running.get(id)
  if (query === undefined) return
  running.delete(id)
  clearTimeout(query.timer)
  query.connection.closeSync()
}

class Refused extends Error {}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function send(message: FromQueryThread): void {
  port?.postMessage(message)
}
