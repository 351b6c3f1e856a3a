import { z } from 'zod'
import { DataTypeRead } from './data-types.ts'
import { bareOrUnder, maybe, NextToken } from './tolerant.ts'

/** A column; the published schema forgets `dataType`, which the operation's text promises. */
export const AmcDataSourceColumn = z.object({
  name: z.string(),
  description: maybe(z.string()),
  columnType: maybe(z.string()),
  dataType: maybe(DataTypeRead),
})

/** What Amazon says of a table beside its description: NEW, RENAMED or DEPRECATED. */
export const AmcDataSourceTag = z.object({
  type: z.string(),
  title: maybe(z.string()),
  subtext: maybe(z.string()),
  description: maybe(z.string()),
})

/** A table that the instance's queries can read. Thresholds and nullability are not in the API at all. */
export const AmcDataSource = z.object({
  dataSourceId: z.string().min(1),
  description: maybe(z.string()),
  owner: maybe(z.string()),
  provider: maybe(z.string()),
  columns: z
    .array(AmcDataSourceColumn)
    .nullish()
    .transform((columns) => columns ?? []),
  tags: maybe(z.array(AmcDataSourceTag)).transform((tags) => tags ?? []),
})
export type AmcDataSource = z.infer<typeof AmcDataSource>

/** `GET /amc/reporting/{instanceId}/dataSources`. */
export const AmcDataSourcePage = z
  .object({ dataSources: z.array(AmcDataSource).nullish(), nextToken: NextToken })
  .transform((page) => ({ items: page.dataSources ?? [], nextToken: page.nextToken }))

/** `GET …/dataSources/{dataSourceId}`: bare by analogy, wrapped in the published description. */
export const AmcDataSourceAnswer = bareOrUnder('dataSource', AmcDataSource)
