-- A file made of the whole of a stored result; the row is its job, claimed under a lease.
create table exports (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  execution_id uuid not null references workflow_executions (id),
  requested_by uuid not null references users (id),
  format text not null check (format in ('csv', 'json', 'ndjson', 'parquet', 'xlsx')),
  keeps_formulas boolean not null,
  status text not null check (status in ('queued', 'running', 'completed', 'failed')),
  file_name text not null,
  row_count bigint,
  bytes bigint,
  checksum text,
  failure text,
  attempts integer not null default 0,
  lease_until timestamptz,
  next_attempt_at timestamptz,
  requested_at timestamptz not null,
  finished_at timestamptz,
  -- When file and row are deleted; null while it is being made.
  expires_at timestamptz
);
create index idx_exports_execution_id on exports (execution_id, requested_at desc, id desc);
create index idx_exports_open on exports (requested_at) where status in ('queued', 'running');
create index idx_exports_expires_at on exports (expires_at);
