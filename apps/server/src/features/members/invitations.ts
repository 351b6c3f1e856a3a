import {
  type AnswerOf,
  type BodyOf,
  type Invitation,
  InvitationId,
  Problem,
  type QueryOf,
  type ReplyOf,
  type Role,
  type WorkspaceId,
  type acceptInvitation,
  invitationDays,
  type invite as inviteEndpoint,
  type listInvitations,
  type lookAtInvitation,
} from '@recomamp/contracts'
import { z } from 'zod'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { tellEventsJobName } from '#features/events/index.ts'
import { hashOf, randomSecret } from '#platform/crypto/random-secret.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { cutPage, earlierThan, readCursor } from '#platform/http/cursor.ts'
import { hours, later } from '#platform/time.ts'
import { leadInto } from './workspaces.ts'

/** How the secret of an invitation begins. */
const mark = 'rci_'

const Place = z.tuple([z.iso.datetime(), InvitationId])

/** A page of the invitations that can still be accepted, latest first. */
export async function pageOfInvitations(
  db: Db,
  workspaceId: WorkspaceId,
  { limit, cursor }: QueryOf<typeof listInvitations>,
  now: Date,
): Promise<ReplyOf<typeof listInvitations>> {
  const after = readCursor(cursor, Place)
  const rows = await open(db, now)
    .where('workspace_id', '=', workspaceId)
    .where(earlierThan('invitations.created_at', 'invitations.id', after))
    .innerJoin('users', 'users.id', 'invitations.invited_by')
    .orderBy('invitations.created_at', 'desc')
    .orderBy('invitations.id', 'desc')
    .limit(limit + 1)
    .select(['invitations.id', 'role', 'note', 'invitations.created_at', 'expires_at', 'invited_by', 'name', 'email'])
    .execute()
  const { total } = await open(db, now)
    .where('workspace_id', '=', workspaceId)
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.created_at.toISOString(), row.id])
  return { items: page.rows.map(toInvitation), total: Number(total), nextCursor: page.nextCursor }
}

/** Makes an invitation and answers its secret, which nobody sees again. */
export async function invite(
  ctx: Ctx,
  who: Member,
  { role, note }: BodyOf<typeof inviteEndpoint>,
): Promise<ReplyOf<typeof inviteEndpoint>> {
  const secret = randomSecret(mark)
  const now = ctx.now()
  const id = InvitationId.parse(crypto.randomUUID())
  const expiresAt = later(now, hours(24 * invitationDays))
  const invitation = await inTransaction(ctx.db, async (tx) => {
    await tx
      .insertInto('invitations')
      .values({
        id,
        workspace_id: who.workspaceId,
        role,
        note,
        secret_hash: hashOf(secret),
        invited_by: who.userId,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute()
    const object = { kind: 'invitation', id, name: note } as const
    await recordAudit(tx, who, { action: 'member-invited', object, detail: { role } }, now)
    const person = await tx
      .selectFrom('users')
      .where('id', '=', who.userId)
      .select(['name', 'email'])
      .executeTakeFirstOrThrow()
    return toInvitation({ id, role, note, created_at: now, expires_at: expiresAt, invited_by: who.userId, ...person })
  })
  return { invitation, secret }
}

/** Ends an invitation before somebody accepts it; a Problem invitation-not-found. */
export async function withdraw(ctx: Ctx, who: Member, id: InvitationId): Promise<void> {
  const now = ctx.now()
  await inTransaction(ctx.db, async (tx) => {
    const row = await tx
      .updateTable('invitations')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .set({ withdrawn_at: now })
      .returning('note')
      .executeTakeFirst()
    if (row === undefined) throw new Problem('invitation-not-found')
    await recordAudit(
      tx,
      who,
      { action: 'invitation-withdrawn', object: { kind: 'invitation', id, name: row.note } },
      now,
    )
  })
}

/** Where an invitation leads; a Problem invitation-not-found or invitation-over. */
export async function lookAt(db: Db, secret: string, now: Date): Promise<AnswerOf<typeof lookAtInvitation>> {
  const row = await db
    .selectFrom('invitations')
    .innerJoin('workspaces', 'workspaces.id', 'invitations.workspace_id')
    .innerJoin('users', 'users.id', 'invitations.invited_by')
    .where('secret_hash', '=', hashOf(secret))
    .select(['role', 'expires_at', 'accepted_at', 'withdrawn_at', 'workspaces.name as workspace', 'users.name'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('invitation-not-found')
  requireOpen(row, now)
  return { workspace: row.workspace, role: row.role, invitedBy: row.name, expiresAt: row.expires_at.toISOString() }
}

/** Makes the person a member and leads the session there. Who is a member already keeps the role, and the invitation stays open. */
export async function accept(ctx: Ctx, who: Member, secret: string): Promise<AnswerOf<typeof acceptInvitation>> {
  const now = ctx.now()
  const accepted = await inTransaction(ctx.db, async (tx) => {
    const row = await tx
      .selectFrom('invitations')
      .where('secret_hash', '=', hashOf(secret))
      .select(['id', 'workspace_id', 'role', 'note', 'expires_at', 'accepted_at', 'withdrawn_at'])
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) throw new Problem('invitation-not-found')
    requireOpen(row, now)
    const known = await tx
      .selectFrom('workspace_members')
      .where('workspace_id', '=', row.workspace_id)
      .where('user_id', '=', who.userId)
      .select('role')
      .executeTakeFirst()
    await leadInto(tx, who, row.workspace_id)
    if (known !== undefined) return { workspaceId: row.workspace_id, role: known.role }
    await tx
      .insertInto('workspace_members')
      .values({ workspace_id: row.workspace_id, user_id: who.userId, role: row.role, created_at: now })
      .execute()
    await tx
      .updateTable('invitations')
      .where('id', '=', row.id)
      .set({ accepted_at: now, accepted_by: who.userId })
      .execute()
    const there: Member = { ...who, workspaceId: row.workspace_id, role: row.role }
    const object = { kind: 'invitation', id: row.id, name: row.note } as const
    await recordAudit(tx, there, { action: 'member-joined', object, detail: { role: row.role } }, now)
    return { workspaceId: row.workspace_id, role: row.role }
  })
  ctx.wake(tellEventsJobName)
  return accepted
}

function requireOpen(
  invitation: { expires_at: Date; accepted_at: Date | null; withdrawn_at: Date | null },
  now: Date,
): void {
  if (invitation.accepted_at !== null)
    throw new Problem('invitation-over', 'It has been used; each link works once. Ask for another one')
  if (invitation.withdrawn_at !== null || invitation.expires_at <= now)
    throw new Problem(
      'invitation-over',
      `It was withdrawn, or is older than ${invitationDays} days. Ask for another one`,
    )
}

function open(db: Db, now: Date) {
  return db
    .selectFrom('invitations')
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
}

function toInvitation(row: {
  id: InvitationId
  role: Role
  note: string
  created_at: Date
  expires_at: Date
  invited_by: Invitation['invitedBy']['id']
  name: string | null
  email: string | null
}): Invitation {
  return {
    id: row.id,
    role: row.role,
    note: row.note,
    invitedBy: { id: row.invited_by, name: row.name, email: row.email },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}
