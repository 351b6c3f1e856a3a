import type { DatabaseSync } from 'node:sqlite'
import type { Definition } from '../amc/definition.ts'

/** Stores a workflow; false when the id is taken. */
export function insertWorkflow(
  db: DatabaseSync,
  instanceId: string,
  workflowId: string,
  definition: Definition,
  now: Date,
): boolean {
  return (
    db
      .prepare(
        'insert into workflows (instance_id, workflow_id, definition, created_at) values (?, ?, ?, ?) on conflict do nothing',
      )
      .run(instanceId, workflowId, JSON.stringify(definition), now.getTime()).changes === 1
  )
}

/** Replaces a workflow as a whole; false when there is none of that id. */
export function replaceWorkflow(
  db: DatabaseSync,
  instanceId: string,
  workflowId: string,
  definition: Definition,
): boolean {
  return (
    db
      .prepare('update workflows set definition = ? where instance_id = ? and workflow_id = ?')
      .run(JSON.stringify(definition), instanceId, workflowId).changes === 1
  )
}

export function deleteWorkflow(db: DatabaseSync, instanceId: string, workflowId: string): boolean {
  return (
    db.prepare('delete from workflows where instance_id = ? and workflow_id = ?').run(instanceId, workflowId)
      .changes === 1
  )
}

export function findWorkflow(db: DatabaseSync, instanceId: string, workflowId: string): Definition | null {
  const row = db
    .prepare('select definition from workflows where instance_id = ? and workflow_id = ?')
    .get(instanceId, workflowId)
  return row === undefined ? null : JSON.parse(String(row['definition']))
}

/** Workflows in the order of their ids, after one. */
export function workflowsAfter(
  db: DatabaseSync,
  instanceId: string,
  after: string,
  limit: number,
): { workflowId: string; definition: Definition }[] {
  return db
    .prepare(
      'select workflow_id, definition from workflows where instance_id = ? and workflow_id > ? order by workflow_id limit ?',
    )
    .all(instanceId, after, limit)
    .map((row) => ({ workflowId: String(row['workflow_id']), definition: JSON.parse(String(row['definition'])) }))
}
