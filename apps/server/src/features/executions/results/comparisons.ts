import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionId } from '@recomamp/contracts'
import { type Matched, chooseKeys, matchResults, sharedColumns } from './compare-results.ts'
import { openDuckDb } from './duckdb-session.ts'
import type { ResultLayout } from './result-layout.ts'

interface Compared {
  id: ExecutionId
  layout: ResultLayout
}

/** Comparisons that are looked at again soon; each is a file of a few bytes a row. */
const kept = 12

/** Matches results and keeps the last matches, so that a comparison is made once and not for each of its pages. They are made one after
 *  the other: two joins of large results at once would take twice the memory. */
export function openComparisons(resultFolder: string, fileOf: (id: ExecutionId) => string) {
  // Of this process alone: what another one keeps is not in its way.
  const folder = join(resultFolder, '.comparisons', randomUUID())
  const made = new Map<string, Promise<Matched>>()
  const comparedBy = new Map<string, readonly ExecutionId[]>()
  let last: Promise<unknown> = Promise.resolve()

  async function make(before: Compared, after: Compared, keys: readonly string[] | null, name: string) {
    const shared = sharedColumns(before.layout, after.layout, keys)
    if (!existsSync(folder)) await removeForgotten(join(resultFolder, '.comparisons'))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const duck = await openDuckDb(resultFolder, { threads: 2, memoryLimit: '512MB' })
    try {
      const files = { before: fileOf(before.id), after: fileOf(after.id), target: join(folder, `${name}.parquet`) }
      return await matchResults(duck, files, await chooseKeys(duck, files, shared, keys !== null))
    } finally {
      duck.close()
    }
  }

  /** It may be read at this moment; what is open stays readable. */
  async function drop(name: string): Promise<void> {
    made.delete(name)
    comparedBy.delete(name)
    await rm(join(folder, `${name}.parquet`), { force: true })
  }

  return {
    match(before: Compared, after: Compared, keys: readonly string[] | null): Promise<Matched> {
      const name = createHash('sha256')
        .update(JSON.stringify([before.id, after.id, keys]))
        .digest('hex')
      const known = made.get(name)
      if (known !== undefined) {
        made.delete(name)
        made.set(name, known)
        return known
      }
      const match = last.then(() => make(before, after, keys, name))
      last = match.catch(() => undefined)
      made.set(name, match)
      comparedBy.set(name, [before.id, after.id])
      match.catch(() => drop(name))
      for (const oldest of made.keys()) {
        if (made.size <= kept) break
        void drop(oldest)
      }
      return match
    },
    /** The results that something is kept of. */
    compared: (): ExecutionId[] => [...new Set([...comparedBy.values()].flat())],
    /** Drops every comparison with a result that is no more. */
    async forget(id: ExecutionId) {
      const names = [...comparedBy].flatMap(([name, ids]) => (ids.includes(id) ? [name] : []))
      await Promise.all(names.map(drop))
    },
    async close() {
      await last
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a process left behind that was killed: no living one leaves its folder alone for so long. */
const forgottenMs = 7 * 86_400_000

async function removeForgotten(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found !== null && performance.timeOrigin - found.mtimeMs > forgottenMs)
      await rm(join(folder, name), { recursive: true, force: true })
  }
}
