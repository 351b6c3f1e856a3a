import { type ClientBase, Query, type QueryResult, escapeLiteral } from 'pg'
import { type Scope, settingOf } from './scope.ts'

/** What pg calls on a query while its answer arrives, and what a query calls on a connection; the published types leave it out. */
interface Wire {
  submit(connection: WireConnection): Error | null
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: unknown): void
}
interface WireConnection {
  readonly stream: { cork(): void; uncork(): void }
  parse(message: { text: string }): void
  bind(message: { values: string[] }): void
  execute(message: object): void
}

/**
 * Sends a statement and, in front of it, the setting of its scope, in one go: what PostgreSQL receives before a Sync is one transaction,
 * so that the setting is gone when the statement has ended, costs no round trip, and works behind a pooler in transaction mode.
 */
export function sendScoped(client: ClientBase, scope: Scope, text: string, values: unknown[]): Promise<QueryResult> {
  const { promise, resolve, reject } = Promise.withResolvers<QueryResult>()
  const query = new Query({ text, values }, undefined, (error, result) => {
    if (error === undefined || error === null) resolve(result)
    else reject(error)
  })
  const wire = query as unknown as Wire
  const { submit, handleDataRow, handleCommandComplete } = wire
  let isSet = false
  Object.assign(query, {
    queryMode: 'extended',
    submit(connection: WireConnection) {
      const { name, value } = settingOf(scope)
      connection.stream.cork()
      try {
        connection.parse({ text: 'select set_config($1, $2, true)' })
        connection.bind({ values: [name, value] })
        connection.execute({})
        return submit.call(query, connection)
      } finally {
        connection.stream.uncork()
      }
    },
    handleDataRow(message: unknown) {
      if (isSet) handleDataRow.call(query, message)
    },
    handleCommandComplete(message: unknown, connection: unknown) {
      if (isSet) handleCommandComplete.call(query, message, connection)
      isSet = true
    },
  })
  client.query(query)
  return promise
}

/** Begins a transaction that has the scope until its end, in one round trip. */
export async function beginScoped(client: ClientBase, scope: Scope, begin: string): Promise<QueryResult> {
  const { name, value } = settingOf(scope)
  const answers = await client.query(
    `${begin}; select set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  )
  const [begun = answers] = Array.isArray(answers) ? (answers as QueryResult[]) : []
  return begun
}
