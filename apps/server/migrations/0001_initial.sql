-- People, and where they belong.
create table users (
  id uuid primary key,
  provider text not null check (provider in ('sandbox', 'amazon')),
  amazon_user_id text not null,
  email text,
  name text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint users_provider_amazon_user_id_key unique (provider, amazon_user_id)
);
create unique index idx_users_email on users (lower(email)) where email is not null;

create table workspaces (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);

create table workspace_members (
  workspace_id uuid not null references workspaces (id),
  user_id uuid not null references users (id),
  role text not null check (role in ('owner', 'analyst', 'viewer')),
  created_at timestamptz not null,
  primary key (workspace_id, user_id)
);
create index idx_workspace_members_user_id on workspace_members (user_id);

-- A refresh token is derived from id and generation, so no token is stored.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  workspace_id uuid not null references workspaces (id),
  generation integer not null default 1,
  rotated_at timestamptz not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text
);
create index idx_sessions_user_id on sessions (user_id);

create table sign_in_states (
  state_hash text primary key,
  browser_hash text not null,
  provider text not null,
  region text not null,
  code_verifier_encrypted text not null,
  return_to text not null,
  redirect_uri text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index idx_sign_in_states_expires_at on sign_in_states (expires_at);

-- The consent of one person at one provider and region. Tokens are Fernet tokens.
create table connections (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  user_id uuid not null references users (id),
  provider text not null check (provider in ('sandbox', 'amazon')),
  region text not null check (region in ('na', 'eu', 'fe')),
  access_token_encrypted text not null,
  refresh_token_encrypted text not null,
  access_token_expires_at timestamptz not null,
  consented_at timestamptz not null,
  health text not null default 'healthy' check (health in ('healthy', 'needs-reconnect')),
  refresh_lease_until timestamptz,
  discovery_requested_at timestamptz,
  discovery_lease_until timestamptz,
  discovered_at timestamptz,
  discovery_error text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint connections_user_id_provider_region_key unique (user_id, provider, region)
);
create index idx_connections_workspace_id on connections (workspace_id);
create index idx_connections_discovery on connections (discovery_requested_at) where discovery_requested_at is not null;

create table amc_accounts (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  connection_id uuid not null references connections (id),
  entity_id text not null,
  marketplace_id text not null,
  name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint amc_accounts_connection_id_entity_id_marketplace_id_key unique (connection_id, entity_id, marketplace_id)
);

create table amc_instances (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  account_id uuid not null references amc_accounts (id),
  connection_id uuid not null references connections (id),
  amc_instance_id text not null,
  name text not null,
  type text not null check (type in ('STANDARD', 'SANDBOX')),
  customer_name text,
  brands jsonb not null default '[]',
  available boolean not null default true,
  added_by text not null check (added_by in ('discovery', 'hand')),
  discovered_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint amc_instances_connection_id_amc_instance_id_key unique (connection_id, amc_instance_id)
);
create index idx_amc_instances_workspace_id on amc_instances (workspace_id, name, id);

-- The row holds the content of the current version; every version stands in workflow_versions.
create table workflows (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  user_id uuid not null references users (id),
  instance_id uuid references amc_instances (id),
  template_id text,
  name text not null,
  sql_query text not null,
  parameters jsonb not null default '[]',
  parameter_values jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index idx_workflows_user_id on workflows (user_id);
create index idx_workflows_instance_id on workflows (instance_id);
create index idx_workflows_workspace_id_updated_at on workflows (workspace_id, updated_at desc, id desc);

create table workflow_versions (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  workflow_id uuid not null references workflows (id),
  version integer not null,
  name text not null,
  sql_query text not null,
  parameters jsonb not null,
  parameter_values jsonb not null,
  saved_by uuid not null references users (id),
  saved_at timestamptz not null,
  constraint workflow_versions_workflow_id_version_key unique (workflow_id, version)
);

create table workflow_drafts (
  workspace_id uuid not null references workspaces (id),
  workflow_id uuid not null references workflows (id),
  user_id uuid not null references users (id),
  revision integer not null,
  base_version integer not null,
  content jsonb not null,
  kept_at timestamptz not null,
  primary key (workflow_id, user_id)
);

-- One row is one sending of a query version. `request` is the compiled request exactly as AMC gets it.
create table workflow_executions (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  workflow_id uuid not null references workflows (id),
  workflow_version integer not null,
  instance_id uuid not null references amc_instances (id),
  requested_by uuid not null references users (id),
  status text not null check (status in ('queued', 'submitting', 'pending', 'running', 'ingesting', 'completed', 'failed', 'cancelled')),
  amc_status text,
  amc_execution_id text,
  amc_workflow_id text not null,
  request jsonb not null,
  template text not null,
  source_map jsonb not null,
  window_start text not null,
  window_end text not null,
  time_zone text not null,
  parameter_values jsonb not null,
  privacy_filtering_behavior text not null check (privacy_filtering_behavior in ('REMOVE_ROWS', 'REMOVE_VALUES')),
  warnings jsonb not null default '[]',
  failure jsonb,
  result_data jsonb,
  result_columns jsonb not null default '[]',
  row_count bigint,
  filtered_row_count bigint,
  result_bytes bigint,
  result_checksum text,
  execution_time_seconds double precision,
  requested_at timestamptz not null,
  -- When the request was (last) sent; a lost answer is looked for from here on, and nothing is repeated before the settle time.
  sent_at timestamptz,
  submitted_at timestamptz,
  running_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  last_answer_at timestamptz,
  lease_until timestamptz,
  next_attempt_at timestamptz,
  attempts integer not null default 0,
  updated_at timestamptz not null,
  constraint workflow_executions_workflow_id_version_fkey foreign key (workflow_id, workflow_version) references workflow_versions (workflow_id, version)
);
create index idx_executions_workflow_id on workflow_executions (workflow_id, requested_at desc);
create index idx_executions_status on workflow_executions (status, next_attempt_at) where status in ('queued', 'submitting', 'pending', 'running', 'ingesting');
create index idx_executions_workspace_id on workflow_executions (workspace_id, requested_at desc, id desc);
create index idx_executions_instance_id on workflow_executions (instance_id, requested_at desc);
create unique index workflow_executions_instance_id_amc_execution_id_key on workflow_executions (instance_id, amc_execution_id) where amc_execution_id is not null;

create table idempotency_keys (
  workspace_id uuid not null references workspaces (id),
  key text not null,
  request_hash text not null,
  execution_id uuid not null references workflow_executions (id),
  created_at timestamptz not null,
  primary key (workspace_id, key)
);

-- Filled from the catalogue at start; usage_count is ours.
create table query_templates (
  template_id text primary key,
  question text not null,
  name text not null,
  category text not null,
  tags jsonb not null,
  difficulty integer not null,
  tables jsonb not null,
  sql_template text not null,
  parameters_schema jsonb not null,
  reading text not null,
  is_public boolean not null default true,
  usage_count integer not null default 0,
  updated_at timestamptz not null
);
create index idx_templates_category on query_templates (category);
create index idx_templates_public on query_templates (is_public) where is_public;

-- What happened, in commit order per workspace (writers hold an advisory transaction lock); the event stream resumes by id.
create table events (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces (id),
  type text not null,
  payload jsonb not null,
  created_at timestamptz not null
);
create index idx_events_workspace_id on events (workspace_id, id);
