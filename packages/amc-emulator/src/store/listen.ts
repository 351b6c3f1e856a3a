import type { AddressInfo } from 'node:net'
import type { DatabaseSync } from 'node:sqlite'
import type { FastifyInstance } from 'fastify'
import { keepValue, lastingValue } from '../state/meta.store.ts'

/** Listens where the store of this folder listened before, so that links outlive a restart, or on any free port; gives the port. */
export async function listenOnLastPort(store: FastifyInstance, db: DatabaseSync, host: string): Promise<number> {
  const last = Number(lastingValue(db, 'store-port', () => '0'))
  await store.listen({ port: last, host }).catch(() => store.listen({ port: 0, host }))
  const { port } = store.server.address() as AddressInfo
  keepValue(db, 'store-port', String(port))
  return port
}
