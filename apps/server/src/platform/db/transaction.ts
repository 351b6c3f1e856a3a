import type { KyselyPlugin } from 'kysely'
import { seconds } from '#platform/time.ts'
import type { Db, Tx } from './tables.ts'

/** A transaction took too long: it was rolled back. */
export class TransactionTooLong extends Error {
  override readonly name = 'TransactionTooLong'
}

/** Runs `work` in one transaction and hands down its handle, the only one that may be used inside.
 *  After `limitMs` it is rolled back and throws TransactionTooLong: on the embedded database, which has one connection,
 *  a statement on the outer handle would otherwise stop the whole app for ever. The handle then refuses every further statement. */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  limitMs: number = seconds(10),
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const { promise: tooLong, reject } = Promise.withResolvers<never>()
    const state: { end: TransactionTooLong | null } = { end: null }
    const timer = setTimeout(() => {
      state.end = new TransactionTooLong(`A transaction took longer than ${limitMs} ms`)
      reject(state.end)
    }, limitMs)
    try {
      return await Promise.race([work(tx.withPlugin(refuseOnce(state))), tooLong])
    } finally {
      clearTimeout(timer)
    }
  })
}

/** `work` goes on after the rollback, on the same connection: what it still wrote would stand by itself, such as an event without
 *  the change that it tells of. */
function refuseOnce(state: { readonly end: Error | null }): KyselyPlugin {
  return {
    transformQuery({ node }) {
      if (state.end !== null) throw state.end
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
}
