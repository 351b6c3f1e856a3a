import {
  type InstanceComparison,
  type LiveTable,
  type QueryOf,
  type compareInstances,
  bareName,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { tablesOf } from '#features/live-schemas/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requirePlace } from './read-place.ts'
import { readSources, type Sources } from './sources.ts'

type Tables = ReadonlyMap<string, LiveTable>

/** Two instances as a whole, or one at two times. */
export async function compareWhole(
  ctx: Ctx,
  who: Member,
  { between }: QueryOf<typeof compareInstances>,
): Promise<InstanceComparison> {
  const [one = '', other = ''] = between.split(',')
  const [first, second] = [await requirePlace(ctx, who, one), await requirePlace(ctx, who, other)]
  const read = async ({ snapshot }: typeof first): Promise<Tables> =>
    new Map((await tablesOf(ctx.db, who.workspaceId, snapshot)).map((table) => [bareName(table.name), table]))
  const sources = await readSources(ctx.db)
  const [here, there] = [await read(first), await read(second)]
  const differing = [...here].flatMap(([name, table]) => {
    const opposite = there.get(name)
    const fields = opposite === undefined ? [] : differingColumns(table, opposite)
    return fields.length === 0 ? [] : [{ name, title: titleOf(sources, name), fields }]
  })
  const shared = [...here.keys()].filter((name) => there.has(name)).length
  return {
    places: [first.place, second.place],
    onlyFirst: missing(sources, there, here),
    onlySecond: missing(sources, here, there),
    differing,
    same: shared - differing.length,
  }
}

function missing(sources: Sources, these: Tables, those: Tables) {
  return [...those]
    .filter(([name]) => !these.has(name))
    .map(([name, { uploaded, columns }]) => ({ name, title: titleOf(sources, name), uploaded, fields: columns.length }))
}

function titleOf({ byName, all }: Sources, name: string): string {
  const source = byName.get(name) ?? all.find(({ audienceVariant }) => audienceVariant === name)
  if (source === undefined) return name
  return source.name === name ? source.title : `${source.title} (audiences)`
}

function differingColumns(first: LiveTable, second: LiveTable) {
  const [here, there] = [first, second].map(
    ({ columns }) => new Map(columns.map(({ name, type, role }) => [name, { type, role }])),
  )
  const names = [...new Set([...(here?.keys() ?? []), ...(there?.keys() ?? [])])].toSorted()
  return names.flatMap((name) => {
    const [one, other] = [here?.get(name) ?? null, there?.get(name) ?? null]
    const same = one !== null && other !== null && one.type === other.type && one.role === other.role
    return same ? [] : [{ name, first: one, second: other }]
  })
}
