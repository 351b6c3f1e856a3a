import type { TemplateId, TemplateWords } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { deleteFork, updateFork } from './templates.store.ts'

/** Changes the words of a template of the person's own; a Problem template-not-found. */
export async function changeFork(ctx: Ctx, who: Member, id: TemplateId, words: TemplateWords): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await updateFork(tx, who, id, words, ctx.now())
    const object = { kind: 'template', id, name: words.name } as const
    await recordAudit(tx, who, { action: 'template-changed', object }, ctx.now())
  })
}

/** Removes a template of the person's own; a Problem template-not-found. */
export async function removeFork(ctx: Ctx, who: Member, id: TemplateId): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await deleteFork(tx, who, id)
    await recordAudit(tx, who, { action: 'template-deleted', object: { kind: 'template', id } }, ctx.now())
  })
}
