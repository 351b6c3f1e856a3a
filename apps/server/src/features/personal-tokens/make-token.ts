import { type AccessTokenId, type BodyOf, Problem, type ReplyOf, type createToken } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { hashOf, randomSecret } from '#platform/crypto/random-secret.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { hours, later } from '#platform/time.ts'
import { endToken, insertToken, tokenMark } from './personal-tokens.store.ts'

/** Makes a token and answers its secret, which nobody sees again. */
export async function makeToken(
  ctx: Ctx,
  who: Member,
  { name, scopes, days }: BodyOf<typeof createToken>,
): Promise<ReplyOf<typeof createToken>> {
  const secret = randomSecret(tokenMark)
  const now = ctx.now()
  const made = {
    name,
    scopes,
    hint: secret.slice(0, 8),
    secretHash: hashOf(secret),
    expiresAt: later(now, hours(24 * days)),
  }
  const token = await inTransaction(ctx.db, async (tx) => {
    const inserted = await insertToken(tx, who, made, now)
    const object = { kind: 'token', id: inserted.id, name } as const
    await recordAudit(tx, who, { action: 'token-created', object, detail: { scopes, days } }, now)
    return inserted
  })
  return { token, secret }
}

/** Ends one of the person's own tokens; a Problem token-not-found. */
export async function revoke(ctx: Ctx, who: Member, id: AccessTokenId): Promise<void> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const name = await endToken(tx, who, id, now)
    if (name === null) throw new Problem('token-not-found')
    await recordAudit(tx, who, { action: 'token-revoked', object: { kind: 'token', id, name } }, now)
  })
}
