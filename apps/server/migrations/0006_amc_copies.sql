-- The copy of a query that AMC keeps in one instance. A row exists from the wish for a copy until AMC has confirmed its removal, so that
-- no copy is ever forgotten: neither query nor instance can go before it.
create table amc_copies (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  workflow_id uuid not null references workflows (id),
  instance_id uuid not null references amc_instances (id),
  amc_workflow_id text not null,
  -- What AMC is to have.
  wanted text not null check (wanted in ('stored', 'removed')),
  version integer not null,
  privacy_filtering_behavior text not null check (privacy_filtering_behavior in ('REMOVE_ROWS', 'REMOVE_VALUES')),
  definition jsonb not null,
  hash text not null,
  -- What AMC has confirmed; null while that is not certain.
  stored_version integer,
  stored_hash text,
  state text not null check (state in ('waiting', 'settled', 'failed')),
  failure jsonb,
  lease_until timestamptz,
  next_attempt_at timestamptz,
  attempts integer not null default 0,
  synced_at timestamptz,
  updated_at timestamptz not null,
  constraint amc_copies_workflow_id_instance_id_key unique (workflow_id, instance_id)
);
create index idx_amc_copies_waiting on amc_copies (next_attempt_at) where state = 'waiting';
create index idx_amc_copies_instance_id on amc_copies (instance_id, amc_workflow_id);

-- Of a run by the copy: what the copy was when the run was recorded, and whether AMC had lost it.
alter table workflow_executions add column copy_definition jsonb;
alter table workflow_executions add column copy_hash text;
alter table workflow_executions add column copy_recreated boolean not null default false;
create index idx_executions_amc_workflow_id on workflow_executions (instance_id, amc_workflow_id) where status in ('submitting', 'pending');
