import { Readable } from 'node:stream'
import { exportAudit, listAudit } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { allEntries, listEntries } from './audit.store.ts'
import { recordAudit } from './record-audit.ts'

export function auditRoutes(app: App, ctx: Ctx): void {
  serve(app, listAudit, ({ who, query }) => listEntries(ctx.db, who.workspaceId, query))
  serve(app, exportAudit, async ({ who, body, reply }) => {
    const object = { kind: 'audit', id: who.workspaceId } as const
    await inTransaction(ctx.db, (tx) =>
      recordAudit(tx, who, { action: 'audit-exported', object, detail: body }, ctx.now()),
    )
    void reply.headers({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${ctx.now().toISOString().slice(0, 10)}.ndjson"`,
      'cache-control': 'private, no-store',
    })
    return Readable.from(lines(allEntries(ctx.db, who.workspaceId, body)))
  })
}

async function* lines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}
