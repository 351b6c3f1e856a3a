import { z } from 'zod'
import { UserId } from './ids.ts'

/** A viewer reads everything, downloads, and edits only what is their own; an analyst also writes, runs, syncs, cancels and trashes; an
 *  owner also decides about connections, instances, members and what is deleted for good. Each may do what those before it may. */
export const Role = z.enum(['viewer', 'analyst', 'owner'])
export type Role = z.infer<typeof Role>

/** Whether a role is enough where another one is needed. */
export function isEnough(role: Role, needed: Role): boolean {
  return Role.options.indexOf(role) >= Role.options.indexOf(needed)
}

/** What a personal access token is for: `read` opens what a viewer may call, `write` what needs an analyst, `manage` what needs an owner.
 *  None holds another, and none gives more than the role of its person. */
export const TokenScope = z.enum(['read', 'write', 'manage'])
export type TokenScope = z.infer<typeof TokenScope>

/** The scope that opens what needs a role. */
export const scopeFor = { viewer: 'read', analyst: 'write', owner: 'manage' } as const satisfies Record<
  Role,
  TokenScope
>

/** Somebody by name. */
export const Person = z.object({ id: UserId, name: z.string().nullable(), email: z.string().nullable() })
export type Person = z.infer<typeof Person>
