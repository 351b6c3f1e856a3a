import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { InvitationId, UserId, WorkspaceId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { Person, Role } from './roles.ts'

export const WorkspaceMember = Person.extend({
  role: Role,
  joinedAt: Instant,
  /** When a session or an access token of theirs was last used here; null where none is left. */
  lastSeenAt: Instant.nullable(),
  /** Their consents that the workspace works with. */
  connections: z.number().int().nonnegative(),
})
export type WorkspaceMember = z.infer<typeof WorkspaceMember>

export const listMembers = endpoint({
  method: 'GET',
  path: '/api/members',
  summary: 'The members of the workspace and their roles',
  tag: 'members',
  role: 'viewer',
  query: PageQuery,
  ok: { status: 200, body: page(WorkspaceMember) },
  problems: [],
})

const oneMember = z.strictObject({ userId: UserId })

/** Takes effect with the member's next request. */
export const changeRole = endpoint({
  method: 'PUT',
  path: '/api/members/:userId',
  summary: 'Give a member another role',
  tag: 'members',
  role: 'owner',
  params: oneMember,
  body: z.strictObject({ role: Role }),
  ok: { status: 200, body: WorkspaceMember },
  problems: ['member-not-found', 'last-owner'],
})

/** Their sessions and access tokens in this workspace end; what they wrote stays, and so do their consents until an owner ends them. */
export const removeMember = endpoint({
  method: 'DELETE',
  path: '/api/members/:userId',
  summary: 'Take a member out of the workspace',
  tag: 'members',
  role: 'owner',
  params: oneMember,
  ok: { status: 204, body: z.undefined() },
  problems: ['member-not-found', 'last-owner'],
})

/** What besides sessions is to end. */
const AccessToEnd = z.strictObject({
  /** Also what programs sign in with. */
  accessTokens: z.boolean().default(false),
})
const EndedAccess = z.object({
  sessions: z.number().int().nonnegative(),
  accessTokens: z.number().int().nonnegative(),
})

/** Their sessions in this workspace end, the membership stays: they may sign in again. */
export const signMemberOut = endpoint({
  method: 'POST',
  path: '/api/members/:userId/sign-out',
  summary: "End a member's sessions in the workspace",
  tag: 'members',
  role: 'owner',
  params: oneMember,
  body: AccessToEnd,
  ok: { status: 200, body: EndedAccess },
  problems: ['member-not-found'],
})

/** All sessions in this workspace end but the one that asks, and where it is asked for all access tokens but the one that asks. */
export const signEverybodyOut = endpoint({
  method: 'POST',
  path: '/api/members/sign-out',
  summary: "End everybody's sessions in the workspace",
  tag: 'members',
  role: 'owner',
  body: AccessToEnd,
  ok: { status: 200, body: EndedAccess },
  problems: [],
})

/** The other member becomes an owner and the caller an analyst, in one step. */
export const transferWorkspace = endpoint({
  method: 'POST',
  path: '/api/members/:userId/transfer',
  summary: 'Hand the workspace over to another member',
  tag: 'members',
  role: 'owner',
  tokens: false,
  params: oneMember,
  ok: { status: 200, body: WorkspaceMember },
  problems: ['member-not-found'],
})

export const renameWorkspace = endpoint({
  method: 'PUT',
  path: '/api/workspace',
  summary: 'Rename the workspace',
  tag: 'members',
  role: 'owner',
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
  ok: { status: 200, body: z.object({ id: WorkspaceId, name: z.string() }) },
  problems: [],
})

/** The person's sessions here end; the next sign-in leads to another workspace of theirs. */
export const leaveWorkspace = endpoint({
  method: 'POST',
  path: '/api/workspace/leave',
  summary: 'Leave the workspace',
  tag: 'members',
  role: 'viewer',
  tokens: false,
  ok: { status: 204, body: z.undefined() },
  problems: ['last-owner'],
})

/** The session goes on in the other workspace, in every tab of the browser. */
export const enterWorkspace = endpoint({
  method: 'POST',
  path: '/api/workspaces/:workspaceId/enter',
  summary: 'Go on in another workspace of the person',
  tag: 'members',
  role: 'viewer',
  tokens: false,
  params: z.strictObject({ workspaceId: WorkspaceId }),
  ok: { status: 204, body: z.undefined() },
  problems: ['workspace-not-found'],
})

/** What a deletion of the workspace would take along. */
export const WorkspaceDeletion = z.object({
  name: z.string(),
  /** Who owns it beside the caller: only the last owner deletes it. */
  otherOwners: z.array(Person),
  members: z.number().int().positive(),
  connections: z.number().int().nonnegative(),
  queries: z.number().int().nonnegative(),
  executions: z.number().int().nonnegative(),
  /** Runs that AMC goes on with, whose rows nobody fetches any more. */
  openExecutions: z.number().int().nonnegative(),
  resultBytes: z.number().int().nonnegative(),
  /** Of queries that AMC keeps; they stay there. */
  copiesAtAmc: z.number().int().nonnegative(),
})
export type WorkspaceDeletion = z.infer<typeof WorkspaceDeletion>

export const getWorkspaceDeletion = endpoint({
  method: 'GET',
  path: '/api/workspace/deletion',
  summary: 'What a deletion of the workspace would take along',
  tag: 'workspace',
  role: 'owner',
  ok: { status: 200, body: WorkspaceDeletion },
  problems: [],
})

/** From the answer on nobody is a member, nothing is asked of Amazon in its name, and its rows and files are removed until none is left.
 *  Nothing brings it back. Its people go on in another workspace of theirs, or are signed out. */
export const deleteWorkspace = endpoint({
  method: 'POST',
  path: '/api/workspace/delete',
  summary: 'Delete the workspace with everything in it, by its name',
  tag: 'workspace',
  role: 'owner',
  tokens: false,
  body: z.strictObject({ name: z.string().max(200) }),
  ok: { status: 204, body: z.undefined() },
  problems: ['workspace-name-differs', 'other-owners'],
})

/** How long an invitation can be accepted. */
export const invitationDays = 7

export const Invitation = z.object({
  id: InvitationId,
  role: Role,
  /** Whom it was made for, in the words of who made it; it opens for whoever has the link. */
  note: z.string(),
  invitedBy: Person,
  createdAt: Instant,
  expiresAt: Instant,
})
export type Invitation = z.infer<typeof Invitation>

/** Those that can still be accepted. */
export const listInvitations = endpoint({
  method: 'GET',
  path: '/api/invitations',
  summary: 'The open invitations to the workspace',
  tag: 'members',
  role: 'owner',
  query: PageQuery,
  ok: { status: 200, body: page(Invitation) },
  problems: [],
})

/** The secret of the link: shown once, kept as a hash only. */
export const InvitationSecret = z.string().regex(/^rci_[\w-]{43}$/, 'is no invitation of RecomAMP')

/** The web app makes a link of the secret, behind a #, where no server and no log sees it. */
export const invite = endpoint({
  method: 'POST',
  path: '/api/invitations',
  summary: 'Invite somebody by a link that works once',
  tag: 'members',
  role: 'owner',
  body: z.strictObject({ role: Role, note: z.string().trim().max(200).default('') }),
  ok: { status: 201, body: z.object({ invitation: Invitation, secret: InvitationSecret }) },
  problems: [],
})

export const withdrawInvitation = endpoint({
  method: 'DELETE',
  path: '/api/invitations/:invitationId',
  summary: 'Withdraw an invitation',
  tag: 'members',
  role: 'owner',
  params: z.strictObject({ invitationId: InvitationId }),
  ok: { status: 204, body: z.undefined() },
  problems: ['invitation-not-found'],
})

const bySecret = z.strictObject({ secret: InvitationSecret })

/** Asked before anybody is signed in, so that the page can say where the link leads. A POST, to keep the secret out of addresses. */
export const lookAtInvitation = endpoint({
  method: 'POST',
  path: '/api/invitations/look',
  summary: 'What an invitation leads to',
  tag: 'members',
  limit: 'sign-in',
  auth: 'none',
  body: bySecret,
  ok: {
    status: 200,
    body: z.object({ workspace: z.string(), role: Role, invitedBy: z.string().nullable(), expiresAt: Instant }),
  },
  problems: ['invitation-not-found', 'invitation-over'],
})

/** Makes the person a member and leads the session into the workspace. Who is a member already keeps the role and uses up nothing. */
export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/api/invitations/accept',
  summary: 'Accept an invitation',
  tag: 'members',
  role: 'viewer',
  tokens: false,
  body: bySecret,
  ok: { status: 200, body: z.object({ workspaceId: WorkspaceId, role: Role }) },
  problems: ['invitation-not-found', 'invitation-over'],
})
