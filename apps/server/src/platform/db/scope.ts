import { AsyncLocalStorage } from 'node:async_hooks'
import type { WorkspaceId } from '@recomamp/contracts'

/** Whose rows PostgreSQL shows to statements: those of one workspace, or of all. */
export type Scope = WorkspaceId | 'every-workspace'

/**
 * The second wall (docs/decisions/0029): every statement names its workspace, and should one forget to, the policies of the database
 * show it no other one's rows. The scope travels beside the calls and not in their arguments, because whoever forgets the one would
 * forget the other. Outside of any scope PostgreSQL shows no row that belongs to somebody.
 */
const scopes = new AsyncLocalStorage<Scope>()

/** Statements of `work` see the rows of this workspace only. What it begins is in its scope too, transactions for their whole life. */
export function inWorkspace<T>(workspaceId: WorkspaceId, work: () => T): T {
  return scopes.run(workspaceId, work)
}

/** Statements of `work` see the rows of all workspaces: for rounds of background work, for finding out who asks, for what a person does
 *  in several workspaces, and for the commands of operators. Nothing else may call it (a test lists who does). */
export function acrossWorkspaces<T>(work: () => T): T {
  return scopes.run('every-workspace', work)
}

/** The scope of what runs now; null outside of any. */
export function currentScope(): Scope | null {
  return scopes.getStore() ?? null
}

/** The setting that tells PostgreSQL the scope, until the end of the transaction (the policies of migration 0019 read it). */
export function settingOf(scope: Scope): { name: string; value: string } {
  return scope === 'every-workspace'
    ? { name: 'app.reach', value: 'every-workspace' }
    : { name: 'app.workspace', value: scope }
}
