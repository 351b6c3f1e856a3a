import {
  AccessTokenId,
  type PersonalToken,
  type QueryOf,
  type ReplyOf,
  type TokenScope,
  type listTokens,
} from '@recomamp/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { PersonalTokensTable } from '#platform/db/access-tables.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { cutPage, earlierThan, readCursor } from '#platform/http/cursor.ts'
import type { Member } from '#platform/http/app-types.ts'

/** How the secret of a token begins, so that people, logs and scanners know it when they see one. */
export const tokenMark = 'rcm_'

const Place = z.tuple([z.iso.datetime(), AccessTokenId])

/** A page of the person's tokens in the workspace that still work, latest first. */
export async function pageOfTokens(
  db: Db,
  who: Member,
  { limit, cursor }: QueryOf<typeof listTokens>,
  now: Date,
): Promise<ReplyOf<typeof listTokens>> {
  const after = readCursor(cursor, Place)
  const all = working(db, who, now)
  const rows = await all
    .where(earlierThan('created_at', 'id', after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .selectAll()
    .execute()
  const { total } = await all.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.created_at.toISOString(), row.id])
  return { items: page.rows.map(toToken), total: Number(total), nextCursor: page.nextCursor }
}

export async function insertToken(
  tx: Tx,
  who: Member,
  token: { name: string; scopes: readonly TokenScope[]; hint: string; secretHash: string; expiresAt: Date },
  now: Date,
): Promise<PersonalToken> {
  const row = await tx
    .insertInto('personal_tokens')
    .values({
      id: AccessTokenId.parse(crypto.randomUUID()),
      workspace_id: who.workspaceId,
      user_id: who.userId,
      name: token.name,
      hint: token.hint,
      secret_hash: token.secretHash,
      scopes: JSON.stringify(token.scopes),
      created_at: now,
      expires_at: token.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toToken(row)
}

/** The name of the token that was ended, or null where the person has none of this id that works. */
export async function endToken(tx: Tx, who: Member, id: AccessTokenId, now: Date): Promise<string | null> {
  const row = await tx
    .updateTable('personal_tokens')
    .where('workspace_id', '=', who.workspaceId)
    .where('user_id', '=', who.userId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .set({ revoked_at: now })
    .returning('name')
    .executeTakeFirst()
  return row?.name ?? null
}

function working(db: Db, { workspaceId, userId }: Member, now: Date) {
  return db
    .selectFrom('personal_tokens')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
}

function toToken(row: Selectable<PersonalTokensTable>): PersonalToken {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedFrom: row.last_used_from,
  }
}
