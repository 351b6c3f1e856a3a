import { compareSources } from '@recomamp/amc-catalogue/compare'
import {
  type DataSourceComparison,
  Problem,
  type QueryOf,
  type ReadPlace,
  type compareDataSources,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { Member } from '#platform/http/app-types.ts'
import { sourcesOf } from './instance-sources.ts'
import { asThere, type KnownSource } from './known-source.ts'
import { requirePlace } from './read-place.ts'
import { readSources, requireSource } from './sources.ts'

/** Two to four sources side by side, in the order in which they were named, each where it is to be looked at. */
export async function compareNamed(
  ctx: Ctx,
  who: Member,
  { names, in: places }: QueryOf<typeof compareDataSources>,
): Promise<DataSourceComparison> {
  const at = places?.split(',') ?? []
  const sides: { source: KnownSource; place: ReadPlace | null }[] = []
  for (const [index, name] of names.split(',').entries())
    sides.push(await sideOf(ctx, who, name, at[index] ?? 'catalogue'))
  const comparison = compareSources(
    sides.map(({ source }) => source),
    (await readSources(ctx.db)).catalogue.relationships,
  )
  return {
    ...comparison,
    sources: comparison.sources.map((source, index) => ({ ...source, place: sides[index]?.place ?? null })),
  }
}

async function sideOf(ctx: Ctx, who: Member, name: string, at: string) {
  if (at === 'catalogue') return { source: requireSource(await readSources(ctx.db), name), place: null }
  const { snapshot, place } = await requirePlace(ctx, who, at)
  const source = requireSource(await sourcesOf(ctx, who.workspaceId, snapshot), name)
  if (source.onInstance?.state === 'lacking')
    throw new Problem('data-source-not-there', `${place.instance.name} has no table called ${name}`)
  return { source: asThere(source), place }
}
