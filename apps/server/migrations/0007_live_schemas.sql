-- What the queries of an instance can read, as AMC told it. Instances with the same tables share one row; a reading that finds the
-- same tables writes the descriptions anew and nothing else.
create table live_schemas (
  workspace_id uuid not null references workspaces (id),
  fingerprint text not null,
  table_names jsonb not null,
  tables jsonb not null,
  written_at timestamptz not null,
  primary key (workspace_id, fingerprint)
);

-- A snapshot stands for as long as readings find the same tables.
create table schema_snapshots (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  instance_id uuid not null references amc_instances (id),
  fingerprint text not null,
  -- Against the snapshot before it; null for the first.
  changes jsonb,
  first_read_at timestamptz not null,
  last_read_at timestamptz not null,
  constraint schema_snapshots_fingerprint_fkey foreign key (workspace_id, fingerprint) references live_schemas (workspace_id, fingerprint)
);
create index idx_schema_snapshots_instance_id on schema_snapshots (instance_id, first_read_at desc, id desc);
create index idx_schema_snapshots_fingerprint on schema_snapshots (workspace_id, fingerprint);

-- Null until somebody asks for the tables of the instance; from then on they are read again by themselves.
alter table amc_instances add column schema_next_read_at timestamptz;
alter table amc_instances add column schema_lease_until timestamptz;
alter table amc_instances add column schema_failure text;
create index idx_amc_instances_schema_next_read_at on amc_instances (schema_next_read_at) where schema_next_read_at is not null;
