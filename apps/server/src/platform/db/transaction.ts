import { seconds } from '#platform/time.ts'
import type { Db, Tx } from './tables.ts'

/** A transaction took too long: it was rolled back. */
export class TransactionTooLong extends Error {
  override readonly name = 'TransactionTooLong'
}

/** Runs `work` in one transaction and hands down its handle, the only one that may be used inside.
 *  After `limitMs` it is rolled back and throws TransactionTooLong: on the embedded database, which has one connection,
 *  a statement on the outer handle would otherwise stop the whole app for ever. */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  limitMs: number = seconds(10),
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const { promise: tooLong, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => reject(new TransactionTooLong(`A transaction took longer than ${limitMs} ms`)),
      limitMs,
    )
    try {
      return await Promise.race([work(tx), tooLong])
    } finally {
      clearTimeout(timer)
    }
  })
}
