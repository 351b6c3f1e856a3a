import { loadSchema } from '@recomamp/amc-catalogue/schema'
import {
  compareDataSources,
  getDataSource,
  getSchema,
  listDataSourceCategories,
  listDataSources,
  searchDataSources,
} from '@recomamp/contracts'
import { answerOnce } from '#platform/http/answer-once.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { compareNamed } from './compare-named.ts'
import { describeSource } from './describe-source.ts'
import { pageOfHits } from './find-in-sources.ts'
import { categoriesOf, pageOfSources } from './list-sources.ts'
import { readSources } from './sources.ts'

export function dataSourceRoutes(app: App): void {
  serve(app, getSchema, ({ request, reply }) =>
    answerOnce(request, reply, { tables: loadSchema().tables.map((table) => ({ ...table })) }),
  )
  serve(app, listDataSources, ({ query, request, reply }) =>
    answerOnce(request, reply, pageOfSources(readSources(), query)),
  )
  serve(app, getDataSource, ({ params, request, reply }) =>
    answerOnce(request, reply, describeSource(readSources(), params.name)),
  )
  serve(app, searchDataSources, ({ query, request, reply }) =>
    answerOnce(request, reply, pageOfHits(readSources(), query)),
  )
  serve(app, listDataSourceCategories, ({ request, reply }) => answerOnce(request, reply, categoriesOf(readSources())))
  serve(app, compareDataSources, ({ query, request, reply }) =>
    answerOnce(request, reply, compareNamed(readSources(), query.names.split(','))),
  )
}
