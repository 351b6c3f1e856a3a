/** The database does not answer, which says nothing about what a statement has done. Says what the driver said, whose error is its cause. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'
}

/** All connections were in use for longer than anybody waits: the statement was not sent. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy'
}

/** The error codes of a connection that is gone or cannot be made yet: of the system, and of a PostgreSQL that stops or starts. */
const lostCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
])

/** An error of the driver as its users get it: one that tells of the connection and not of the statement is DatabaseAway or
 *  DatabaseBusy. Only what the driver threw may be asked, since other connections break with the same codes. */
export function typed(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (isLostConnection(error)) return new DatabaseAway(error.message, { cause: error })
  // pg-pool names it by its words only.
  if (error.message === 'timeout exceeded when trying to connect')
    return new DatabaseBusy(error.message, { cause: error })
  return error
}

function isLostConnection(error: Error): boolean {
  if ('code' in error && typeof error.code === 'string' && lostCodes.has(error.code)) return true
  return /^Connection terminated|not queryable/.test(error.message)
}
