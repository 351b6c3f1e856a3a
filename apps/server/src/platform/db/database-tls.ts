import { type Config, isLocalDatabase } from '#config.ts'

/** A connection to the database that is not allowed to be plain could not be made safe. */
export class DatabaseTlsFault extends Error {
  override readonly name = 'DatabaseTlsFault'
}

/** How to connect to an address of PostgreSQL: over TLS with its certificate checked, unless it leads to this machine or the settings say
 *  otherwise. `sslrootcert` in the address names the certificates to trust in place of the system's. */
export function connectionTo(url: string, tls: Config['databaseTls']) {
  if (isLocalDatabase(url) && tls === null) return { connectionString: url }
  const plain = new URL(url)
  const mode = plain.searchParams.get('sslmode')
  // It would replace what is said here.
  plain.searchParams.delete('sslmode')
  const how = tls ?? (mode === 'no-verify' ? 'unverified' : 'verify')
  return {
    connectionString: plain.toString(),
    ssl: how === 'off' ? false : { rejectUnauthorized: how === 'verify' },
  }
}

/** What somebody can do about a connection that failed for its TLS; any other error as it is. */
export function explainTls(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (error.message === 'The server does not support SSL connections')
    return new DatabaseTlsFault(
      'The database does not offer TLS, and it is on another machine: rows and tokens would cross the network in the clear. ' +
        'Switch TLS on there, or set DATABASE_TLS=off where nobody else is on the network between them.',
      { cause: error },
    )
  if (/^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code))
    return new DatabaseTlsFault(
      `The certificate of the database is not trusted (${error.message}). Name its authority by sslrootcert=FILE in DATABASE_URL, ` +
        'or set DATABASE_TLS=unverified, which keeps listeners out and not impostors.',
      { cause: error },
    )
  return error
}
