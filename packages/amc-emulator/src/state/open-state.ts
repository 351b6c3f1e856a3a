import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { oldestInstance } from '../world/agency.ts'

/** The format of the file, step by step; a folder of an older version is brought up to date when it is opened. */
const steps = [
  `
create table meta (key text primary key, value text not null) strict;
create table codes (
  code text primary key, person text not null, scope text not null, redirect_uri text not null,
  challenge text, challenge_method text, expires_at integer not null, used integer not null default 0
) strict;
create table grants (
  refresh_token text primary key, person text not null, scope text not null,
  consented_at integer not null, revoked integer not null default 0
) strict;
create table access_tokens (
  token text primary key, refresh_token text not null references grants, expires_at integer not null
) strict;
create table workflows (
  instance_id text not null, workflow_id text not null, definition text not null,
  created_at integer not null, primary key (instance_id, workflow_id)
) strict;
create table executions (
  id text primary key, instance_id text not null, workflow_id text not null, request text not null,
  window_start text, window_end text, status text not null, status_reason text,
  created_at integer not null, updated_at integer not null, validated_at integer,
  execution_seconds integer, output_columns text, parts integer not null default 0
) strict;
create index executions_of_instance on executions (instance_id, created_at, id);
create index executions_open on executions (created_at) where status in ('PENDING', 'RUNNING');
create table counts (event text not null, key text not null, n integer not null, primary key (event, key)) strict;
`,
  `
alter table access_tokens add column issued_at integer not null default 0;
create table instances (
  instance_id text primary key, entity_id text not null, value text, idempotency_token text
) strict;
create table advertiser_updates (
  instance_id text not null, update_id integer not null, value text not null, requested_at integer not null,
  primary key (instance_id, update_id)
) strict;
create table schedules (
  instance_id text not null, schedule_id text not null, value text not null, fired_at integer not null,
  primary key (instance_id, schedule_id)
) strict;
insert into workflows (instance_id, workflow_id, definition, created_at)
values ('${oldestInstance}', 'standard_example', '{"query":{"operations":[]}}', 0);
`,
] as const

/** Another emulator holds the folder. */
export class FolderTaken extends Error {
  constructor(dataDir: string, options: ErrorOptions) {
    super(`Another emulator uses ${dataDir}; stop it, or choose another folder`, options)
    this.name = 'FolderTaken'
  }
}

/** Opens the emulator's one file and takes the folder for this process: a second emulator on it would run everything twice.
 *  What was written before an answer survives `kill -9`, because a commit has left the process when it returns. */
export function openState(dataDir: string): { db: DatabaseSync; close(): void } {
  mkdirSync(dataDir, { recursive: true })
  const lock = new DatabaseSync(join(dataDir, 'emulator.lock'))
  try {
    lock.exec('pragma locking_mode = exclusive; pragma busy_timeout = 0; begin exclusive')
  } catch (cause) {
    lock.close()
    throw new FolderTaken(dataDir, { cause })
  }
  const db = new DatabaseSync(join(dataDir, 'emulator.sqlite'))
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma busy_timeout = 2000',
  )
  const found = Number(db.prepare('pragma user_version').get()?.['user_version'])
  if (found > steps.length) {
    db.close()
    lock.close()
    throw new Error(
      `${dataDir}/emulator.sqlite has format ${found}, this version reads up to ${steps.length}; move the folder away`,
    )
  }
  for (const [at, step] of steps.entries())
    if (at >= found) inTransaction(db, () => db.exec(`${step}; pragma user_version = ${at + 1}`))
  return {
    db,
    close: () => {
      db.close()
      lock.close()
    },
  }
}

/** Runs `work` as a whole or not at all. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate')
  try {
    const result = work()
    db.exec('commit')
    return result
  } catch (error) {
    db.exec('rollback')
    throw error
  }
}
