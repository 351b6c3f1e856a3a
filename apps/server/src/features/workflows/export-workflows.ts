import { type BodyOf, Problem, type exportWorkflows as endpoint } from '@recomamp/contracts'
import type { FastifyReply } from 'fastify'
import { ZipFile } from 'yazl'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'

/** The current texts of queries, one file each named after its query, streamed as a zip archive; a Problem workflow-not-found when the
 *  workspace has none of them. */
export async function exportWorkflows(
  ctx: Ctx,
  who: Member,
  reply: FastifyReply,
  { workflowIds }: BodyOf<typeof endpoint>,
): Promise<NodeJS.ReadableStream> {
  const queries = await ctx.db
    .selectFrom('workflows')
    .where('workspace_id', '=', who.workspaceId)
    .where('id', 'in', workflowIds)
    .select(['id', 'name', 'sql_query', 'updated_at'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  if (queries.length === 0) throw new Problem('workflow-not-found')
  const deeds = queries.map(
    ({ id, name }) => ({ action: 'query-downloaded', object: { kind: 'query', id, name } }) as const,
  )
  await inTransaction(ctx.db, (tx) => recordAudit(tx, who, deeds, ctx.now()))
  const zip = new ZipFile()
  const taken = new Set<string>()
  for (const { name, sql_query: text, updated_at: mtime } of queries)
    zip.addBuffer(Buffer.from(text), freeName(fileName(name), taken), { mtime })
  zip.end()
  void reply.headers({
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename="queries.zip"',
    'cache-control': 'private, no-store',
  })
  return zip.outputStream
}

/** A name that every file system takes: no separators, no control characters, no leading dot, not too long. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, ' ').replaceAll(/\s+/g, ' ')
  return (
    plain
      .replace(/^[\s.]+/, '')
      .slice(0, 100)
      .replace(/[\s.]+$/, '') || 'query'
  )
}

function freeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? `${name}.sql` : `${name} (${number}).sql`
    // File systems exist that know no case.
    if (taken.has(free.toLowerCase())) continue
    taken.add(free.toLowerCase())
    return free
  }
}
