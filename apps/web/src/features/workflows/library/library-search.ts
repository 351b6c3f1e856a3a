import { CopyFilter, InstanceId, LatestOutcome, Tag, WorkflowId, type WorkflowFilter } from '@recomamp/contracts'
import { z } from 'zod'

function kept<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined)
}

/** What the address of My queries holds; what does not parse is dropped. A minus turns the order around. */
export const LibrarySearch = z.object({
  q: kept(z.string().max(200)),
  tag: kept(Tag),
  i: kept(InstanceId),
  copy: kept(CopyFilter),
  run: kept(LatestOutcome),
  owner: kept(z.enum(['me', 'others'])),
  state: kept(z.enum(['drafts', 'trash'])),
  sort: kept(z.enum(['updated', '-updated', 'name', '-name', 'run', '-run'])),
  sel: kept(z.array(WorkflowId).max(500)),
})
export type LibrarySearch = z.infer<typeof LibrarySearch>

/** The shelf that an address names. */
export function shelfOf({ owner, state }: LibrarySearch): NonNullable<WorkflowFilter['shelf']> {
  if (state !== undefined) return state
  return owner === undefined ? 'all' : owner === 'me' ? 'mine' : 'others'
}

/** The parts of an address that choose a shelf. */
export function addressOfShelf(shelf: NonNullable<WorkflowFilter['shelf']>): Pick<LibrarySearch, 'owner' | 'state'> {
  if (shelf === 'drafts' || shelf === 'trash') return { owner: undefined, state: shelf }
  return { owner: shelf === 'all' ? undefined : shelf === 'mine' ? 'me' : 'others', state: undefined }
}

export interface LibraryOrder {
  sort: 'updated' | 'name' | 'run'
  order: 'asc' | 'desc'
}

const usual = { updated: 'desc', name: 'asc', run: 'desc' } as const

/** The order that an address names. */
export function orderOf({ sort = 'updated' }: LibrarySearch): LibraryOrder {
  const column = sort.replace('-', '') as LibraryOrder['sort']
  const order = usual[column]
  return { sort: column, order: sort.startsWith('-') ? (order === 'asc' ? 'desc' : 'asc') : order }
}

/** What a press on the head of a column makes of the order: its usual one, then the other way around. */
export function sortedBy(search: LibrarySearch, column: LibraryOrder['sort']): LibrarySearch['sort'] {
  const now = search.sort ?? 'updated'
  const next = now === column ? (`-${column}` as const) : column
  return next === 'updated' ? undefined : next
}

/** What the server is asked for. */
export function filterOf(search: LibrarySearch): WorkflowFilter & LibraryOrder {
  const { q, tag, i, copy, run } = search
  const shelf = shelfOf(search)
  return {
    ...orderOf(search),
    ...(shelf === 'all' ? {} : { shelf }),
    ...(q === undefined || q.trim() === '' ? {} : { q }),
    ...(tag === undefined ? {} : { tag }),
    ...(i === undefined ? {} : { instanceId: i }),
    ...(copy === undefined ? {} : { copy }),
    ...(run === undefined ? {} : { outcome: run }),
  }
}

/** Whether the address asks for less than its shelf holds. */
export function isNarrowed({ q, tag, i, copy, run }: LibrarySearch): boolean {
  return [q, tag, i, copy, run].some((part) => part !== undefined)
}
