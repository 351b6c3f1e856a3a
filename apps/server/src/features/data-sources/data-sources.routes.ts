import {
  compareDataSources,
  compareInstances,
  exportDataSources,
  getDataSource,
  getSchema,
  listDataSourceCategories,
  listDataSources,
  listFieldUses,
  searchDataSources,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { instancesWith } from '#features/live-schemas/index.ts'
import { answerOnce, answerWritten } from '#platform/http/answer-once.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { compareWhole } from './compare-instances.ts'
import { compareNamed } from './compare-named.ts'
import { describeSource } from './describe-source.ts'
import { exportNamed } from './export-named.ts'
import { pageOfHits } from './find-in-sources.ts'
import { sourcesFor } from './instance-sources.ts'
import { categoriesOf, pageOfSources } from './list-sources.ts'
import { pageOfFieldUses } from './queries-using-field.ts'
import { writtenSchema } from './schema-of.ts'
import { readSources } from './sources.ts'

export function dataSourceRoutes(app: App, ctx: Ctx): void {
  serve(app, getSchema, async ({ who, query, request, reply }) => {
    const { sources } = await sourcesFor(ctx, who, query.instance)
    return answerWritten(request, reply, writtenSchema(sources))
  })
  serve(app, listDataSources, async ({ who, query: { instance, ...query }, request, reply }) => {
    const { sources, reading } = await sourcesFor(ctx, who, instance)
    return answerOnce(request, reply, pageOfSources(sources, reading, query))
  })
  serve(app, getDataSource, async ({ who, params, query, request, reply }) => {
    const { sources, reading } = await sourcesFor(ctx, who, query.instance)
    const description = describeSource(sources, params.name)
    const instances = (await instancesWith(ctx.db, who.workspaceId, params.name)).map(
      ({ id, name, here, last_read_at: readAt }) => ({
        id,
        name,
        state: here ? ('here' as const) : ('lacking' as const),
        readAt: readAt.toISOString(),
      }),
    )
    return answerWritten(request, reply, description, { instances, reading })
  })
  serve(app, listFieldUses, ({ who, params, query }) => pageOfFieldUses(ctx, who, params, query))
  serve(app, searchDataSources, async ({ who, query: { instance, ...query }, request, reply }) => {
    const { sources } = await sourcesFor(ctx, who, instance)
    return answerOnce(request, reply, pageOfHits(sources, query))
  })
  serve(app, listDataSourceCategories, async ({ who, query, request, reply }) => {
    const { sources } = await sourcesFor(ctx, who, query.instance)
    return answerOnce(request, reply, categoriesOf(sources))
  })
  serve(app, compareDataSources, async ({ who, query, request, reply }) =>
    answerOnce(request, reply, await compareNamed(ctx, who, query)),
  )
  serve(app, exportDataSources, async ({ query, request, reply }) =>
    answerOnce(request, reply, exportNamed(await readSources(ctx.db), query)),
  )
  serve(app, compareInstances, async ({ who, query, request, reply }) =>
    answerOnce(request, reply, await compareWhole(ctx, who, query)),
  )
}
