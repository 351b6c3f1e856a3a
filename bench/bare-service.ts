import Fastify from 'fastify'
import { jwtVerify } from 'jose'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'

/** What P1 is measured against: Fastify, jose, Kysely and pg without anything else, answering the same JSON. */
const [url, key, workspaceId, port] = process.argv.slice(2)
const db = new Kysely<unknown>({
  dialect: new PostgresDialect({ pool: new Pool({ connectionString: url ?? '', max: 10 }) }),
})
const secret = new TextEncoder().encode(key)
const app = Fastify()

interface Row {
  id: string
  name: string
  version: number
  created_at: Date
  updated_at: Date
  instance_id: string | null
  instance_name: string | null
  user_id: string
  user_name: string | null
  execution_id: string | null
  status: string | null
  requested_at: Date | null
  row_count: string | null
  tags: string[]
  deleted_at: Date | null
  amc_status: string | null
  failure: string | null
  kept_at: Date | null
  copies: number
}

app.get('/api/workflows', async (request, reply) => {
  try {
    await jwtVerify((request.headers.authorization ?? '').replace('Bearer ', ''), secret)
  } catch {
    return reply.code(401).send({})
  }
  const limit = Number((request.query as { limit?: string }).limit ?? 25)
  const [page, count] = await Promise.all([
    sql<Row>`
      select w.id, w.name, w.version, w.created_at, w.updated_at, i.id as instance_id, i.name as instance_name,
        u.id as user_id, u.name as user_name, e.id as execution_id, e.status, e.requested_at, e.row_count, w.tags, w.deleted_at,
        e.amc_status, e.failure, d.kept_at, (select count(*)::int from amc_copies where workflow_id = w.id) as copies
      from workflows w
      join users u on u.id = w.user_id
      left join amc_instances i on i.id = w.instance_id
      left join workflow_drafts d on d.workflow_id = w.id and d.user_id = u.id
      left join lateral (
        select id, status, amc_status, requested_at, row_count, failure ->> 'message' as failure from workflow_executions
        where workflow_id = w.id order by requested_at desc limit 1
      ) e on true
      where w.workspace_id = ${workspaceId} and w.deleted_at is null order by w.updated_at desc, w.id desc limit ${limit + 1}`.execute(
      db,
    ),
    sql<{
      total: string
    }>`select count(*) as total from workflows where workspace_id = ${workspaceId} and deleted_at is null`.execute(db),
  ])
  const rows = page.rows.slice(0, limit)
  const last = rows.at(-1)
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      version: row.version,
      instance: row.instance_id === null ? null : { id: row.instance_id, name: row.instance_name },
      author: { id: row.user_id, name: row.user_name },
      latestExecution:
        row.execution_id === null
          ? null
          : {
              id: row.execution_id,
              status: row.status,
              amcStatus: row.amc_status,
              requestedAt: row.requested_at,
              rowCount: row.row_count === null ? null : Number(row.row_count),
              failure: row.failure,
            },
      tags: row.tags,
      // The seed has none; the service asks nevertheless.
      copies: row.copies === 0 ? null : { count: row.copies },
      draftKeptAt: row.kept_at,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      deletedAt: row.deleted_at,
    })),
    total: Number(count.rows[0]?.total),
    nextCursor: page.rows.length > limit && last !== undefined ? `${last.updated_at.toISOString()}~${last.id}` : null,
  }
})

await app.listen({ port: Number(port), host: '127.0.0.1' })
process.stdout.write('ready\n')
