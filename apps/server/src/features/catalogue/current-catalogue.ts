import { type Catalogue, loadCatalogue } from '@recomamp/amc-catalogue'
import type { Db } from '#platform/db/tables.ts'
import { shippedHash } from './catalogue-hash.ts'
import { readRows } from './catalogue-rows.store.ts'

/** A catalogue under a name that is the same only for equal contents. */
export interface NamedCatalogue {
  readonly hash: string
  readonly catalogue: Catalogue
}

let known: NamedCatalogue | undefined

/** The catalogue that this installation goes by. Another process may have imported one, so the database is asked each time which it
 *  is, and for its rows only when it is another than before. */
export async function currentCatalogue(db: Db): Promise<NamedCatalogue> {
  const { hash } = await db.selectFrom('catalogue').select('hash').executeTakeFirstOrThrow()
  if (known?.hash !== hash) known = { hash, catalogue: hash === shippedHash() ? loadCatalogue() : await readRows(db) }
  return known
}
