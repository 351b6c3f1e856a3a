import { setTimeout as wait } from 'node:timers/promises'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient, QueryResult } from 'pg'
import { DatabaseAway, typed } from './database-away.ts'
import { type Scope, currentScope } from './scope.ts'
import { beginScoped, sendScoped } from './scoped-query.ts'

/** Pauses before a connection is tried again: a restart of a database that is near takes a second or two. */
const pausesMs = [50, 200, 500, 1000, 1500]

/**
 * A pool that sends every statement in the scope of who sends it, and whose users do not notice that a connection was lost where nothing can have happened twice: a connection that could not be
 * made is tried again, and so is a `select` outside a transaction. Anything else may have been carried out before the answer was lost,
 * so its error is its user's. Where it stays lost, that is a DatabaseAway.
 */
export function patientPool(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await connect(pool)
      const patient = known.get(client) ?? patientClient(pool, client)
      known.set(client, patient)
      return patient
    },
    end: () => pool.end(),
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  for (const pause of pausesMs)
    try {
      return await connectOnce(pool)
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error
      await wait(pause)
    }
  return connectOnce(pool)
}

function connectOnce(pool: Pool): Promise<PoolClient> {
  return inTypes(pool.connect())
}

function patientClient(pool: Pool, client: PoolClient): PostgresPoolClient {
  let isInTransaction = false
  let isGone = false
  const query = (text: string, values: unknown[] = []) => {
    const scope = currentScope()
    if (text === 'begin' || text.startsWith('start transaction')) {
      isInTransaction = true
      return inTypes(scope === null ? client.query(text) : beginScoped(client, scope, text))
    }
    if (isInTransaction) {
      isInTransaction = text !== 'commit' && text !== 'rollback'
      return inTypes(client.query(text, values))
    }
    return send(client, scope, text, values).catch((error: unknown) => {
      if (!/^\s*select\b/i.test(text) || !(error instanceof DatabaseAway)) throw error
      // Its place first: when all connections are lost at once, each would else wait for another one's.
      if (!isGone) client.release(true)
      isGone = true
      return onAnother(pool, scope, text, values)
    })
  }
  return Object.assign(Object.create(client) as PostgresPoolClient, {
    query,
    release: (destroy?: boolean) => (isGone ? undefined : client.release(destroy)),
  })
}

function send(client: PoolClient, scope: Scope | null, text: string, values: unknown[]): Promise<QueryResult> {
  return inTypes(scope === null ? client.query(text, values) : sendScoped(client, scope, text, values))
}

function inTypes<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((error: unknown) => {
    throw typed(error)
  })
}

/** On other connections, until one lasts. */
async function onAnother(pool: Pool, scope: Scope | null, text: string, values: unknown[]) {
  let lost: DatabaseAway | null = null
  for (const pause of pausesMs) {
    const another = await connect(pool)
    try {
      const answer = await send(another, scope, text, values)
      another.release()
      return answer
    } catch (error) {
      another.release(error instanceof DatabaseAway)
      if (!(error instanceof DatabaseAway)) throw error
      lost = error
      await wait(pause)
    }
  }
  throw new DatabaseAway('The database connection was lost again and again', { cause: lost })
}
