import { sql } from 'kysely'
import type { Database, Db } from '#platform/db/tables.ts'
import { FernetFault } from './fernet.ts'
import { type EncryptedToken, decryptToken, encryptToken } from './tokens.ts'

/** Every place in the database that holds a secret; a test compares it with the schema. */
export const secretPlaces = [
  { table: 'connections', key: 'id', column: 'access_token_encrypted' },
  { table: 'connections', key: 'id', column: 'refresh_token_encrypted' },
  { table: 'connections', key: 'id', column: 'previous_refresh_token_encrypted' },
  { table: 'sign_in_states', key: 'state_hash', column: 'code_verifier_encrypted' },
  { table: 'webhooks', key: 'id', column: 'address_encrypted' },
  { table: 'webhooks', key: 'id', column: 'secret_encrypted' },
  { table: 'webhooks', key: 'id', column: 'previous_secret_encrypted' },
] as const satisfies readonly { table: keyof Database; key: string; column: string }[]

type SecretPlace = (typeof secretPlaces)[number]

/** What became of the secrets in one place. */
export interface Rotation {
  /** `connections.access_token_encrypted`. */
  readonly place: string
  reencrypted: number
  /** Under the first key before. */
  current: number
  /** Written anew by a server while they were being re-encrypted; left as they are. */
  changed: number
  /** No key opens them; left as they are. */
  unreadable: number
}

const pageSize = 200

/** Puts every secret under the first of the keys. A row is written only if its old ciphertext is still there, and only with one that
 *  has been opened again; what no key opens stays as it is. Runs beside servers. */
export async function rotateSecrets(db: Db, keys: readonly string[], now: () => Date): Promise<Rotation[]> {
  const rotations: Rotation[] = []
  for (const place of secretPlaces) {
    const rotation = { place: nameOf(place), reencrypted: 0, current: 0, changed: 0, unreadable: 0 }
    for await (const row of secretsIn(db, place)) rotation[await rotate(db, place, row, keys, now())] += 1
    rotations.push(rotation)
  }
  return rotations
}

/** Counts the secrets that the first key alone opens, and all. */
export async function countUnderFirstKey(db: Db, keys: readonly string[]): Promise<{ opened: number; total: number }> {
  const count = { opened: 0, total: 0 }
  for (const place of secretPlaces)
    for await (const { secret } of secretsIn(db, place)) {
      count.total += 1
      if (openedBy(secret, keys.slice(0, 1)) !== null) count.opened += 1
    }
  return count
}

interface SecretRow {
  readonly key: string
  readonly secret: EncryptedToken
}

async function* secretsIn(db: Db, place: SecretPlace): AsyncGenerator<SecretRow> {
  let last: string | null = null
  for (;;) {
    const rows: SecretRow[] = await pageOfSecrets(db, place, last)
    yield* rows
    last = rows.at(-1)?.key ?? null
    if (rows.length < pageSize) return
  }
}

async function pageOfSecrets(db: Db, { table, key, column }: SecretPlace, last: string | null): Promise<SecretRow[]> {
  const [id, secret] = [sql.ref(key), sql.ref(column)]
  const { rows } = await sql<SecretRow>`
    select ${id}::text as key, ${secret} as secret from ${sql.table(table)}
    where ${secret} is not null and ${last === null ? sql`true` : sql`${id}::text > ${last}`}
    order by ${id}::text limit ${pageSize}`.execute(db)
  return rows
}

async function rotate(
  db: Db,
  { table, key, column }: SecretPlace,
  row: SecretRow,
  keys: readonly string[],
  now: Date,
): Promise<Exclude<keyof Rotation, 'place'>> {
  const first = keys.slice(0, 1)
  if (openedBy(row.secret, first) !== null) return 'current'
  const plain = openedBy(row.secret, keys)
  if (plain === null) return 'unreadable'
  const secret = encryptToken(plain, keys, now)
  if (openedBy(secret, first) !== plain) throw new Error('what was encrypted does not open again; nothing was written')
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${secret}
    where ${sql.ref(key)}::text = ${row.key} and ${sql.ref(column)} = ${row.secret}`.execute(db)
  return numAffectedRows === 1n ? 'reencrypted' : 'changed'
}

function openedBy(secret: EncryptedToken, keys: readonly string[]) {
  try {
    return decryptToken(secret, keys)
  } catch (error) {
    if (error instanceof FernetFault) return null
    throw error
  }
}

function nameOf({ table, column }: SecretPlace): string {
  return `${table}.${column}`
}
