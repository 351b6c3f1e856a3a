import type { LogEvent } from 'kysely'
import type { Log } from '#platform/log/log.ts'
import { seconds } from '#platform/time.ts'
import type { Tracing } from '#platform/tracing/tracing.ts'
import type { Metrics } from './metrics.ts'

/** A statement of the product that takes longer is worth a line. */
const slowFrom = seconds(1)

/** Told of every statement that has ended. */
export type StatementWatch = (event: LogEvent) => void

/** Measures statements and writes the slow ones down: their text, whose values are placeholders, never the values. */
export function watchStatements(metrics: Metrics, log: Log, tracing: Tracing | null): StatementWatch {
  return ({ level, query, queryDurationMillis }) => {
    const kind = kinds[query.query.kind] ?? 'other'
    const outcome = level === 'error' ? 'failed' : 'ok'
    metrics.queries.observe({ kind, outcome }, queryDurationMillis / 1000)
    tracing?.ended({
      name: kind,
      durationMs: queryDurationMillis,
      failed: level === 'error',
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': query.sql.slice(0, 2000) },
      standsAlone: false,
    })
    if (queryDurationMillis >= slowFrom)
      log.warn({ ms: Math.round(queryDurationMillis), statement: query.sql.slice(0, 2000) }, 'a slow statement')
  }
}

const kinds: Readonly<Record<string, string>> = {
  SelectQueryNode: 'select',
  InsertQueryNode: 'insert',
  UpdateQueryNode: 'update',
  DeleteQueryNode: 'delete',
  RawNode: 'raw',
}
