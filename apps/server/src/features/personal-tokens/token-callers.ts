import { AccessTokenId, Role, TokenScope, UserId, WorkspaceId } from '@recomamp/contracts'
import { z } from 'zod'
import { hashOf } from '#platform/crypto/random-secret.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Identity } from '#platform/http/app-types.ts'
import type { SharedCache } from '#platform/redis/shared-cache.ts'
import { later, minutes, seconds } from '#platform/time.ts'
import { tokenMark } from './personal-tokens.store.ts'

/** Whom personal access tokens stand for. Known answers are kept for a second, as those about sessions are. */
export interface TokenCallers {
  /** Whether a Bearer token is one of these at all. */
  isOne(token: string): boolean
  /** Null for one that is unknown, over or revoked, or whose person is no member any more. */
  callerOf(token: string, address: string, now: Date): Promise<Identity | null>
  /** Forgets what was known, after something about tokens or members was changed. */
  forget(): Promise<void>
}

const knownFor = seconds(1)
/** How exact the time of the last use is kept. */
const notedEvery = minutes(1)

/** Such a caller as the processes tell each other. */
const TokenCaller = z.object({
  userId: UserId,
  workspaceId: WorkspaceId,
  role: Role,
  via: z.object({ kind: z.literal('token'), id: AccessTokenId, name: z.string(), scopes: z.array(TokenScope) }),
})

export function createTokenCallers(db: Db, shared: SharedCache | null): TokenCallers {
  const known = new Map<string, { caller: Identity | null; until: number }>()

  async function look(hash: string, address: string, now: Date): Promise<z.infer<typeof TokenCaller> | null> {
    const row = await db
      .selectFrom('personal_tokens as token')
      .innerJoin('workspace_members as member', (join) =>
        join.onRef('member.workspace_id', '=', 'token.workspace_id').onRef('member.user_id', '=', 'token.user_id'),
      )
      .where('token.secret_hash', '=', hash)
      .where('token.revoked_at', 'is', null)
      .where('token.expires_at', '>', now)
      .select(['token.id', 'token.name', 'token.scopes', 'token.user_id', 'token.workspace_id', 'token.last_used_at'])
      .select('member.role')
      .executeTakeFirst()
    if (row === undefined) return null
    if (row.last_used_at === null || later(row.last_used_at, notedEvery) <= now) await noteUse(row.id, address, now)
    return {
      userId: row.user_id,
      workspaceId: row.workspace_id,
      role: row.role,
      via: { kind: 'token', id: row.id, name: row.name, scopes: row.scopes },
    }
  }

  async function noteUse(id: AccessTokenId, address: string, now: Date): Promise<void> {
    await db
      .updateTable('personal_tokens')
      .where('id', '=', id)
      .set({ last_used_at: now, last_used_from: address })
      .execute()
  }

  async function callerHere(hash: string, address: string, now: Date): Promise<Identity | null> {
    const found = known.get(hash)
    if (found !== undefined && found.until > now.getTime()) return found.caller
    const caller = await acrossWorkspaces(() => look(hash, address, now))
    if (known.size >= 10_000) known.clear()
    known.set(hash, { caller, until: now.getTime() + knownFor })
    return caller
  }

  return {
    isOne: (token) => token.startsWith(tokenMark),
    async callerOf(token, address, now) {
      const hash = hashOf(token)
      const asked = (await shared?.permission(`token ${hash}`, TokenCaller)) ?? null
      // With the second of its own while nothing is shared.
      if (asked === null) return callerHere(hash, address, now)
      if (asked.known !== null) return asked.known
      const caller = await acrossWorkspaces(() => look(hash, address, now))
      if (caller !== null) asked.keep(caller)
      return caller
    },
    async forget() {
      known.clear()
      await shared?.forgetPermissions()
    },
  }
}
