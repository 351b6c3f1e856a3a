import type { Column, Table } from '@recomamp/amc-sql'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { schemaOf } from '../runs/compile.ts'
import { alphabetical, sendJson } from './answer.ts'
import { instanceOf } from './caller.ts'
import { pageOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/reporting/:instanceId/dataSources'
const mediaType = 'application/vnd.amcdatasources.v1+json'

/** The tables that the instance can query. Thresholds and nullability are not in Amazon's answer, so not here either. */
export function dataSourceRoutes(app: FastifyInstance, ctx: Context): void {
  app.get(path, { config: { operation: 'listDataSources' } }, async (request, reply) => {
    const { tables } = schemaOf(ctx.schema, instanceOf(ctx, request))
    const { items, nextToken } = pageOf(tables, request.url)
    return sendJson(reply, mediaType, {
      dataSources: items.map(formatTable),
      ...(nextToken === null ? {} : { nextToken }),
    })
  })
  app.get(`${path}/:dataSourceId`, { config: { operation: 'getDataSource' } }, async (request, reply) => {
    const { tables } = schemaOf(ctx.schema, instanceOf(ctx, request))
    const { dataSourceId } = request.params as { dataSourceId: string }
    const table = tables.find((one) => one.name === dataSourceId)
    if (table === undefined) throw new Refusal(404, `Data source with ID ${dataSourceId} does not exist`)
    const dataSource = formatTable(table)
    return sendJson(reply, mediaType, ctx.settings.wrapSingles ? { dataSource } : dataSource)
  })
}

function formatTable(table: Table) {
  return alphabetical({
    dataSourceId: table.name,
    description: table.description,
    owner: 'AMAZON',
    provider: 'AMAZON',
    columns: table.columns.map(formatColumn),
    outputChannels: [{ channel: { type: 'DOWNLOAD' }, outputAvailable: true, outputUnavailableReason: null }],
    tags: [],
  })
}

function formatColumn(column: Column) {
  const element = /^ARRAY<(\w+)>$/.exec(column.typeDetail ?? '')?.[1] ?? 'STRING'
  return alphabetical({
    name: column.name,
    description: column.description,
    columnType: column.role === 'metric' ? 'METRIC' : 'DIMENSION',
    dataType:
      column.type === 'ARRAY' ? { type: 'ARRAY', elementDataType: element, elementNullable: false } : column.type,
  })
}
