-- Printed from the database by "npm run schema", for reviewers; the migrations make it.

create table amc_accounts (
  connection_id uuid not null,
  created_at timestamp with time zone not null,
  entity_id text not null,
  id uuid not null,
  marketplace_id text not null,
  name text not null,
  updated_at timestamp with time zone not null,
  workspace_id uuid not null,
  constraint amc_accounts_connection_id_entity_id_marketplace_id_key UNIQUE (connection_id, entity_id, marketplace_id),
  constraint amc_accounts_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint amc_accounts_pkey PRIMARY KEY (id),
  constraint amc_accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
alter table amc_accounts enable row level security, force row level security;
create policy workspace on amc_accounts using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table amc_copies (
  amc_workflow_id text not null,
  attempts integer not null default 0,
  definition jsonb not null,
  failure jsonb,
  hash text not null,
  id uuid not null,
  instance_id uuid not null,
  lease_until timestamp with time zone,
  next_attempt_at timestamp with time zone,
  privacy_filtering_behavior text not null,
  state text not null,
  stored_hash text,
  stored_version integer,
  synced_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  version integer not null,
  wanted text not null,
  workflow_id uuid not null,
  workspace_id uuid not null,
  constraint amc_copies_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES amc_instances(id),
  constraint amc_copies_pkey PRIMARY KEY (id),
  constraint amc_copies_privacy_filtering_behavior_check CHECK ((privacy_filtering_behavior = ANY (ARRAY['REMOVE_ROWS'::text, 'REMOVE_VALUES'::text]))),
  constraint amc_copies_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'settled'::text, 'failed'::text]))),
  constraint amc_copies_wanted_check CHECK ((wanted = ANY (ARRAY['stored'::text, 'removed'::text]))),
  constraint amc_copies_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id),
  constraint amc_copies_workflow_id_instance_id_key UNIQUE (workflow_id, instance_id),
  constraint amc_copies_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_amc_copies_instance_id ON public.amc_copies USING btree (instance_id, amc_workflow_id);
CREATE INDEX idx_amc_copies_waiting ON public.amc_copies USING btree (next_attempt_at) WHERE (state = 'waiting'::text);
alter table amc_copies enable row level security, force row level security;
create policy workspace on amc_copies using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table amc_instances (
  account_id uuid not null,
  added_by text not null,
  amc_instance_id text not null,
  amc_name text not null,
  available boolean not null default true,
  brands jsonb not null default '[]'::jsonb,
  connection_id uuid not null,
  created_at timestamp with time zone not null,
  customer_name text,
  discovered_at timestamp with time zone not null,
  id uuid not null,
  name text not null,
  notes text not null default ''::text,
  removed_at timestamp with time zone,
  schema_failure text,
  schema_lease_until timestamp with time zone,
  schema_next_read_at timestamp with time zone,
  settled_after_days integer not null default 14,
  time_zone text not null default 'UTC'::text,
  type text not null,
  updated_at timestamp with time zone not null,
  window_days integer not null default 7,
  workspace_id uuid not null,
  constraint amc_instances_account_id_fkey FOREIGN KEY (account_id) REFERENCES amc_accounts(id),
  constraint amc_instances_added_by_check CHECK ((added_by = ANY (ARRAY['discovery'::text, 'hand'::text]))),
  constraint amc_instances_connection_id_amc_instance_id_key UNIQUE (connection_id, amc_instance_id),
  constraint amc_instances_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint amc_instances_pkey PRIMARY KEY (id),
  constraint amc_instances_settled_after_days_check CHECK (((settled_after_days >= 2) AND (settled_after_days <= 90))),
  constraint amc_instances_type_check CHECK ((type = ANY (ARRAY['STANDARD'::text, 'SANDBOX'::text]))),
  constraint amc_instances_window_days_check CHECK (((window_days >= 1) AND (window_days <= 365))),
  constraint amc_instances_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_amc_instances_schema_next_read_at ON public.amc_instances USING btree (schema_next_read_at) WHERE (schema_next_read_at IS NOT NULL);
CREATE INDEX idx_amc_instances_workspace_id ON public.amc_instances USING btree (workspace_id, name, id);
alter table amc_instances enable row level security, force row level security;
create policy workspace on amc_instances using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table audit_log (
  action text not null,
  address text not null,
  at timestamp with time zone not null,
  detail jsonb not null default '{}'::jsonb,
  id bigint not null generated always as identity,
  object_id text not null,
  object_kind text not null,
  object_name text,
  request_id text not null,
  user_agent text,
  user_id uuid not null,
  user_name text,
  via text not null,
  via_name text,
  workspace_id uuid not null,
  constraint audit_log_pkey PRIMARY KEY (id),
  constraint audit_log_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint audit_log_via_check CHECK ((via = ANY (ARRAY['session'::text, 'token'::text]))),
  constraint audit_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_audit_log_at ON public.audit_log USING btree (workspace_id, at);
CREATE INDEX idx_audit_log_workspace_id ON public.audit_log USING btree (workspace_id, id DESC);
alter table audit_log enable row level security, force row level security;
create policy workspace on audit_log using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table catalogue (
  check_failure jsonb,
  checked_at timestamp with time zone,
  checked_source text,
  etag text,
  hash text not null,
  id text not null,
  imported_at timestamp with time zone not null,
  lease_until timestamp with time zone,
  next_check_at timestamp with time zone,
  origin jsonb not null,
  constraint catalogue_id_check CHECK ((id = 'current'::text)),
  constraint catalogue_pkey PRIMARY KEY (id)
);

create table connections (
  access_token_encrypted text,
  access_token_expires_at timestamp with time zone not null,
  check_error text,
  check_lease_until timestamp with time zone,
  check_requested_at timestamp with time zone,
  checked_at timestamp with time zone,
  consented_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  discovered_at timestamp with time zone,
  discovery_error text,
  discovery_lease_until timestamp with time zone,
  discovery_requested_at timestamp with time zone,
  health text not null default 'healthy'::text,
  id uuid not null,
  previous_refresh_token_encrypted text,
  provider text not null,
  reconnect_reason text,
  refresh_lease_until timestamp with time zone,
  refresh_token_encrypted text,
  region text not null,
  updated_at timestamp with time zone not null,
  user_id uuid not null,
  workspace_id uuid not null,
  constraint connections_health_check CHECK ((health = ANY (ARRAY['healthy'::text, 'needs-reconnect'::text]))),
  constraint connections_pkey PRIMARY KEY (id),
  constraint connections_provider_check CHECK ((provider = ANY (ARRAY['sandbox'::text, 'amazon'::text]))),
  constraint connections_reconnect_reason_check CHECK ((reconnect_reason = ANY (ARRAY['revoked'::text, 'unreadable'::text, 'disconnected'::text]))),
  constraint connections_reconnect_reason_fits_health CHECK (((reconnect_reason IS NULL) = (health = 'healthy'::text))),
  constraint connections_region_check CHECK ((region = ANY (ARRAY['na'::text, 'eu'::text, 'fe'::text]))),
  constraint connections_tokens_fit_reason CHECK (
CASE
    WHEN (reconnect_reason = 'disconnected'::text) THEN ((access_token_encrypted IS NULL) AND (refresh_token_encrypted IS NULL) AND (previous_refresh_token_encrypted IS NULL))
    ELSE ((access_token_encrypted IS NOT NULL) AND (refresh_token_encrypted IS NOT NULL))
END),
  constraint connections_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint connections_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint connections_workspace_id_user_id_provider_region_key UNIQUE (workspace_id, user_id, provider, region)
);
CREATE INDEX idx_connections_check ON public.connections USING btree (check_requested_at) WHERE (check_requested_at IS NOT NULL);
CREATE INDEX idx_connections_discovery ON public.connections USING btree (discovery_requested_at) WHERE (discovery_requested_at IS NOT NULL);
CREATE INDEX idx_connections_workspace_id ON public.connections USING btree (workspace_id);
alter table connections enable row level security, force row level security;
create policy workspace on connections using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table data_source_categories (
  name text not null,
  constraint data_source_categories_pkey PRIMARY KEY (name)
);

create table data_source_examples (
  answers text not null,
  position integer not null,
  slug text not null,
  source text not null,
  sql_query text not null,
  title text not null,
  constraint data_source_examples_pkey PRIMARY KEY (source, slug),
  constraint data_source_examples_source_fkey FOREIGN KEY (source) REFERENCES data_sources(name) DEFERRABLE INITIALLY DEFERRED
);

create table data_source_fields (
  aggregation_threshold text not null,
  column_type text not null,
  content jsonb not null,
  data_type text not null,
  name text not null,
  position integer not null,
  source text not null,
  constraint data_source_fields_column_type_check CHECK ((column_type = ANY (ARRAY['dimension'::text, 'metric'::text]))),
  constraint data_source_fields_pkey PRIMARY KEY (source, name),
  constraint data_source_fields_source_fkey FOREIGN KEY (source) REFERENCES data_sources(name) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX idx_data_source_fields_name ON public.data_source_fields USING btree (name);

create table data_source_relationships (
  content jsonb not null,
  from_source text not null,
  position integer not null,
  to_source text not null,
  constraint data_source_relationships_from_source_fkey FOREIGN KEY (from_source) REFERENCES data_sources(name) DEFERRABLE INITIALLY DEFERRED,
  constraint data_source_relationships_pkey PRIMARY KEY ("position"),
  constraint data_source_relationships_to_source_fkey FOREIGN KEY (to_source) REFERENCES data_sources(name) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX idx_data_source_relationships_from_source ON public.data_source_relationships USING btree (from_source);
CREATE INDEX idx_data_source_relationships_to_source ON public.data_source_relationships USING btree (to_source);

create table data_source_tags (
  source text not null,
  tag text not null,
  constraint data_source_tags_pkey PRIMARY KEY (source, tag),
  constraint data_source_tags_source_fkey FOREIGN KEY (source) REFERENCES data_sources(name) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX idx_data_source_tags_tag ON public.data_source_tags USING btree (tag);

create table data_sources (
  category text not null,
  content jsonb not null,
  kind text not null,
  name text not null,
  position integer not null,
  title text not null,
  constraint data_sources_category_fkey FOREIGN KEY (category) REFERENCES data_source_categories(name) DEFERRABLE INITIALLY DEFERRED,
  constraint data_sources_kind_check CHECK ((kind = ANY (ARRAY['fact'::text, 'dimension'::text]))),
  constraint data_sources_pkey PRIMARY KEY (name)
);
CREATE INDEX idx_data_sources_category ON public.data_sources USING btree (category);

create table events (
  created_at timestamp with time zone not null,
  id bigint not null generated always as identity,
  payload jsonb not null,
  type text not null,
  workspace_id uuid not null,
  constraint events_pkey PRIMARY KEY (id),
  constraint events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_events_workspace_id ON public.events USING btree (workspace_id, id);
alter table events enable row level security, force row level security;
create policy workspace on events using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table exports (
  attempts integer not null default 0,
  bytes bigint,
  checksum text,
  execution_id uuid not null,
  expires_at timestamp with time zone,
  failure text,
  file_name text not null,
  finished_at timestamp with time zone,
  format text not null,
  id uuid not null,
  keeps_formulas boolean not null,
  lease_until timestamp with time zone,
  next_attempt_at timestamp with time zone,
  requested_at timestamp with time zone not null,
  requested_by uuid not null,
  row_count bigint,
  status text not null,
  workspace_id uuid not null,
  constraint exports_execution_id_fkey FOREIGN KEY (execution_id) REFERENCES workflow_executions(id) ON DELETE CASCADE,
  constraint exports_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'json'::text, 'ndjson'::text, 'parquet'::text, 'xlsx'::text]))),
  constraint exports_pkey PRIMARY KEY (id),
  constraint exports_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id),
  constraint exports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text]))),
  constraint exports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_exports_execution_id ON public.exports USING btree (execution_id, requested_at DESC, id DESC);
CREATE INDEX idx_exports_expires_at ON public.exports USING btree (expires_at);
CREATE INDEX idx_exports_open ON public.exports USING btree (requested_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
alter table exports enable row level security, force row level security;
create policy workspace on exports using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table idempotency_keys (
  created_at timestamp with time zone not null,
  execution_id uuid not null,
  key text not null,
  request_hash text not null,
  workspace_id uuid not null,
  constraint idempotency_keys_execution_id_fkey FOREIGN KEY (execution_id) REFERENCES workflow_executions(id),
  constraint idempotency_keys_pkey PRIMARY KEY (workspace_id, key),
  constraint idempotency_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
alter table idempotency_keys enable row level security, force row level security;
create policy workspace on idempotency_keys using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table invitations (
  accepted_at timestamp with time zone,
  accepted_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  id uuid not null,
  invited_by uuid not null,
  note text not null,
  role text not null,
  secret_hash text not null,
  withdrawn_at timestamp with time zone,
  workspace_id uuid not null,
  constraint invitations_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES users(id),
  constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(id),
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'analyst'::text, 'viewer'::text]))),
  constraint invitations_secret_hash_key UNIQUE (secret_hash),
  constraint invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_invitations_workspace_id ON public.invitations USING btree (workspace_id, created_at);
alter table invitations enable row level security, force row level security;
create policy workspace on invitations using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table live_schemas (
  fingerprint text not null,
  table_names jsonb not null,
  tables jsonb not null,
  workspace_id uuid not null,
  written_at timestamp with time zone not null,
  constraint live_schemas_pkey PRIMARY KEY (workspace_id, fingerprint),
  constraint live_schemas_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
alter table live_schemas enable row level security, force row level security;
create policy workspace on live_schemas using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table personal_tokens (
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  hint text not null,
  id uuid not null,
  last_used_at timestamp with time zone,
  last_used_from text,
  name text not null,
  revoked_at timestamp with time zone,
  scopes jsonb not null,
  secret_hash text not null,
  user_id uuid not null,
  workspace_id uuid not null,
  constraint personal_tokens_pkey PRIMARY KEY (id),
  constraint personal_tokens_secret_hash_key UNIQUE (secret_hash),
  constraint personal_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint personal_tokens_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_personal_tokens_workspace_id ON public.personal_tokens USING btree (workspace_id, user_id, created_at);
alter table personal_tokens enable row level security, force row level security;
create policy workspace on personal_tokens using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table query_templates (
  category text not null,
  content jsonb not null default '{}'::jsonb,
  difficulty integer not null,
  forked_from text,
  is_public boolean not null default true,
  name text not null,
  owner_id uuid,
  parameters_schema jsonb not null,
  question text not null,
  reading text not null,
  sql_template text not null,
  tables jsonb not null,
  tags jsonb not null,
  template_id text not null,
  updated_at timestamp with time zone not null,
  usage_count integer not null default 0,
  workspace_id uuid,
  constraint query_templates_owner_check CHECK (((workspace_id IS NULL) = (owner_id IS NULL))),
  constraint query_templates_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id),
  constraint query_templates_pkey PRIMARY KEY (template_id),
  constraint query_templates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_templates_category ON public.query_templates USING btree (category);
CREATE INDEX idx_templates_forked_from ON public.query_templates USING btree (forked_from) WHERE (forked_from IS NOT NULL);
CREATE INDEX idx_templates_public ON public.query_templates USING btree (is_public) WHERE is_public;
CREATE INDEX idx_templates_workspace_id ON public.query_templates USING btree (workspace_id) WHERE (workspace_id IS NOT NULL);
alter table query_templates enable row level security, force row level security;
create policy workspace on query_templates using ((workspace_id IS NULL) OR (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table schema_migrations (
  applied_at timestamp with time zone not null,
  name text not null,
  number integer not null,
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table schema_snapshots (
  changes jsonb,
  fingerprint text not null,
  first_read_at timestamp with time zone not null,
  id uuid not null,
  instance_id uuid not null,
  last_read_at timestamp with time zone not null,
  workspace_id uuid not null,
  constraint schema_snapshots_fingerprint_fkey FOREIGN KEY (workspace_id, fingerprint) REFERENCES live_schemas(workspace_id, fingerprint),
  constraint schema_snapshots_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES amc_instances(id),
  constraint schema_snapshots_pkey PRIMARY KEY (id),
  constraint schema_snapshots_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_schema_snapshots_fingerprint ON public.schema_snapshots USING btree (workspace_id, fingerprint);
CREATE INDEX idx_schema_snapshots_instance_id ON public.schema_snapshots USING btree (instance_id, first_read_at DESC, id DESC);
alter table schema_snapshots enable row level security, force row level security;
create policy workspace on schema_snapshots using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table server_processes (
  calls jsonb not null,
  id uuid not null,
  loops jsonb not null,
  role text not null,
  seen_at timestamp with time zone not null,
  started_at timestamp with time zone not null,
  version text not null,
  constraint server_processes_pkey PRIMARY KEY (id)
);

create table sessions (
  address text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  generation integer not null default 1,
  id uuid not null,
  last_used_at timestamp with time zone not null,
  renewal_key text,
  replaces_session uuid,
  rotated_at timestamp with time zone not null,
  user_agent text,
  user_id uuid not null,
  workspace_id uuid not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_sessions_user_id ON public.sessions USING btree (user_id);
CREATE INDEX idx_sessions_workspace_id ON public.sessions USING btree (workspace_id, user_id);
alter table sessions enable row level security, force row level security;
create policy workspace on sessions using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table sign_in_states (
  browser_hash text not null,
  code_verifier_encrypted text not null,
  connects boolean not null default false,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  provider text not null,
  redirect_uri text not null,
  region text not null,
  replaces_session uuid,
  return_to text not null,
  state_hash text not null,
  used_at timestamp with time zone,
  constraint sign_in_states_pkey PRIMARY KEY (state_hash)
);
CREATE INDEX idx_sign_in_states_expires_at ON public.sign_in_states USING btree (expires_at);
alter table sign_in_states enable row level security, force row level security;
create policy workspace on sign_in_states using ( SELECT ((COALESCE(current_setting('app.workspace'::text, true), ''::text) <> ''::text) OR (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table users (
  amazon_user_id text not null,
  created_at timestamp with time zone not null,
  email text,
  id uuid not null,
  last_workspace_id uuid,
  name text,
  provider text not null,
  updated_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_provider_amazon_user_id_key UNIQUE (provider, amazon_user_id),
  constraint users_provider_check CHECK ((provider = ANY (ARRAY['sandbox'::text, 'amazon'::text])))
);
CREATE UNIQUE INDEX idx_users_email ON public.users USING btree (lower(email)) WHERE (email IS NOT NULL);
alter table users enable row level security, force row level security;
create policy workspace on users using ( SELECT ((COALESCE(current_setting('app.workspace'::text, true), ''::text) <> ''::text) OR (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table webhook_attempts (
  answer text,
  at timestamp with time zone not null,
  attempt integer not null,
  delivery_id uuid not null,
  error text,
  status integer,
  took_ms integer,
  workspace_id uuid not null,
  constraint webhook_attempts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries(id) ON DELETE CASCADE,
  constraint webhook_attempts_pkey PRIMARY KEY (delivery_id, attempt),
  constraint webhook_attempts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
alter table webhook_attempts enable row level security, force row level security;
create policy workspace on webhook_attempts using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table webhook_deliveries (
  about text not null,
  attempts integer not null default 0,
  by_hand boolean not null default false,
  created_at timestamp with time zone not null,
  dedupe_key text not null,
  finished_at timestamp with time zone,
  id uuid not null,
  last_error text,
  last_status integer,
  last_took_ms integer,
  last_try_at timestamp with time zone,
  lease_until timestamp with time zone,
  next_attempt_at timestamp with time zone,
  payload text not null,
  state text not null,
  tries integer not null default 0,
  type text not null,
  webhook_id uuid not null,
  workspace_id uuid not null,
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))),
  constraint webhook_deliveries_webhook_id_dedupe_key_key UNIQUE (webhook_id, dedupe_key),
  constraint webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE,
  constraint webhook_deliveries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_webhook_deliveries_created_at ON public.webhook_deliveries USING btree (workspace_id, created_at);
CREATE INDEX idx_webhook_deliveries_waiting ON public.webhook_deliveries USING btree (next_attempt_at) WHERE (state = 'waiting'::text);
CREATE INDEX idx_webhook_deliveries_webhook_id ON public.webhook_deliveries USING btree (webhook_id, created_at DESC, id DESC);
alter table webhook_deliveries enable row level security, force row level security;
create policy workspace on webhook_deliveries using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table webhooks (
  address_encrypted text not null,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  events jsonb not null,
  failing_since timestamp with time zone,
  failures integer not null default 0,
  id uuid not null,
  kind text not null,
  last_event_id bigint not null,
  last_sent_at timestamp with time zone,
  paused_at timestamp with time zone,
  paused_reason text,
  previous_secret_encrypted text,
  previous_secret_until timestamp with time zone,
  secret_encrypted text,
  updated_at timestamp with time zone not null,
  workspace_id uuid not null,
  constraint webhooks_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint webhooks_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'slack'::text, 'email'::text]))),
  constraint webhooks_paused_reason_check CHECK ((paused_reason = ANY (ARRAY['person'::text, 'failing'::text, 'gone'::text]))),
  constraint webhooks_pkey PRIMARY KEY (id),
  constraint webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_webhooks_workspace_id ON public.webhooks USING btree (workspace_id, created_at);
alter table webhooks enable row level security, force row level security;
create policy workspace on webhooks using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table workflow_drafts (
  base_version integer not null,
  content jsonb not null,
  kept_at timestamp with time zone not null,
  revision integer not null,
  user_id uuid not null,
  workflow_id uuid not null,
  workspace_id uuid not null,
  constraint workflow_drafts_pkey PRIMARY KEY (workflow_id, user_id),
  constraint workflow_drafts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint workflow_drafts_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id),
  constraint workflow_drafts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_workflow_drafts_user_id ON public.workflow_drafts USING btree (user_id, workflow_id);
alter table workflow_drafts enable row level security, force row level security;
create policy workspace on workflow_drafts using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table workflow_executions (
  amc_answers jsonb not null default '[]'::jsonb,
  amc_execution_id text,
  amc_status text,
  amc_workflow_id text not null,
  attempts integer not null default 0,
  base_version integer,
  cancel_attempts integer not null default 0,
  cancel_failure jsonb,
  cancel_next_at timestamp with time zone,
  cancel_requested_at timestamp with time zone,
  copy_definition jsonb,
  copy_hash text,
  copy_recreated boolean not null default false,
  dry_run boolean not null default false,
  execution_time_seconds double precision,
  expires_at timestamp with time zone,
  failure jsonb,
  filtered_row_count bigint,
  finished_at timestamp with time zone,
  id uuid not null,
  instance_id uuid not null,
  last_answer_at timestamp with time zone,
  lease_until timestamp with time zone,
  next_attempt_at timestamp with time zone,
  parameter_values jsonb not null,
  parameters jsonb,
  privacy_filtering_behavior text not null,
  request jsonb not null,
  requested_at timestamp with time zone not null,
  requested_by uuid not null,
  result_bytes bigint,
  result_checksum text,
  result_columns jsonb not null default '[]'::jsonb,
  result_data jsonb,
  result_file_waits boolean not null default false,
  results_removed_at timestamp with time zone,
  row_count bigint,
  running_at timestamp with time zone,
  sent_at timestamp with time zone,
  source_map jsonb not null,
  status text not null,
  submitted_at timestamp with time zone,
  template text not null,
  time_zone text not null,
  updated_at timestamp with time zone not null,
  warnings jsonb not null default '[]'::jsonb,
  window_end text not null,
  window_start text not null,
  workflow_id uuid not null,
  workflow_version integer,
  workspace_id uuid not null,
  constraint workflow_executions_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES amc_instances(id),
  constraint workflow_executions_pkey PRIMARY KEY (id),
  constraint workflow_executions_privacy_filtering_behavior_check CHECK ((privacy_filtering_behavior = ANY (ARRAY['REMOVE_ROWS'::text, 'REMOVE_VALUES'::text]))),
  constraint workflow_executions_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id),
  constraint workflow_executions_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'submitting'::text, 'pending'::text, 'running'::text, 'ingesting'::text, 'completed'::text, 'failed'::text, 'cancelled'::text]))),
  constraint workflow_executions_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id),
  constraint workflow_executions_workflow_id_version_fkey FOREIGN KEY (workflow_id, workflow_version) REFERENCES workflow_versions(workflow_id, version),
  constraint workflow_executions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_executions_amc_workflow_id ON public.workflow_executions USING btree (instance_id, amc_workflow_id) WHERE (status = ANY (ARRAY['submitting'::text, 'pending'::text]));
CREATE INDEX idx_executions_cancel ON public.workflow_executions USING btree (cancel_next_at) WHERE (cancel_next_at IS NOT NULL);
CREATE INDEX idx_executions_instance_id ON public.workflow_executions USING btree (instance_id, requested_at DESC);
CREATE INDEX idx_executions_kept_results ON public.workflow_executions USING btree (workspace_id, finished_at) WHERE ((status = 'completed'::text) AND (NOT dry_run) AND (results_removed_at IS NULL));
CREATE INDEX idx_executions_result_file_waits ON public.workflow_executions USING btree (id) WHERE result_file_waits;
CREATE INDEX idx_executions_status ON public.workflow_executions USING btree (status, next_attempt_at) WHERE (status = ANY (ARRAY['queued'::text, 'submitting'::text, 'pending'::text, 'running'::text, 'ingesting'::text]));
CREATE INDEX idx_executions_workflow_id ON public.workflow_executions USING btree (workflow_id, requested_at DESC);
CREATE INDEX idx_executions_workspace_id ON public.workflow_executions USING btree (workspace_id, requested_at DESC, id DESC);
CREATE INDEX idx_executions_workspace_id_status ON public.workflow_executions USING btree (workspace_id, status, requested_at DESC, id DESC) INCLUDE (instance_id, requested_by, workflow_id);
CREATE UNIQUE INDEX workflow_executions_instance_id_amc_execution_id_key ON public.workflow_executions USING btree (instance_id, amc_execution_id) WHERE (amc_execution_id IS NOT NULL);
alter table workflow_executions enable row level security, force row level security;
create policy workspace on workflow_executions using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table workflow_versions (
  id uuid not null,
  name text not null,
  parameter_values jsonb not null,
  parameters jsonb not null,
  restored_from integer,
  saved_at timestamp with time zone not null,
  saved_by uuid not null,
  sql_query text not null,
  version integer not null,
  workflow_id uuid not null,
  workspace_id uuid not null,
  constraint workflow_versions_pkey PRIMARY KEY (id),
  constraint workflow_versions_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES users(id),
  constraint workflow_versions_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id),
  constraint workflow_versions_workflow_id_version_key UNIQUE (workflow_id, version),
  constraint workflow_versions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
alter table workflow_versions enable row level security, force row level security;
create policy workspace on workflow_versions using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table workflows (
  chart jsonb,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  id uuid not null,
  instance_id uuid,
  name text not null,
  parameter_values jsonb not null default '{}'::jsonb,
  parameters jsonb not null default '[]'::jsonb,
  sql_query text not null,
  tags jsonb not null default '[]'::jsonb,
  template_id text,
  text_version integer not null default 1,
  updated_at timestamp with time zone not null,
  user_id uuid not null,
  version integer not null default 1,
  workspace_id uuid not null,
  constraint workflows_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES amc_instances(id),
  constraint workflows_pkey PRIMARY KEY (id),
  constraint workflows_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint workflows_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_workflows_deleted_at ON public.workflows USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);
CREATE INDEX idx_workflows_instance_id ON public.workflows USING btree (instance_id);
CREATE INDEX idx_workflows_user_id ON public.workflows USING btree (user_id);
CREATE INDEX idx_workflows_workspace_id_updated_at ON public.workflows USING btree (workspace_id, updated_at DESC, id DESC) WHERE (deleted_at IS NULL);
alter table workflows enable row level security, force row level security;
create policy workspace on workflows using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table workspace_members (
  created_at timestamp with time zone not null,
  role text not null,
  user_id uuid not null,
  workspace_id uuid not null,
  constraint workspace_members_pkey PRIMARY KEY (workspace_id, user_id),
  constraint workspace_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'analyst'::text, 'viewer'::text]))),
  constraint workspace_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint workspace_members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idx_workspace_members_user_id ON public.workspace_members USING btree (user_id);
alter table workspace_members enable row level security, force row level security;
create policy workspace on workspace_members using ((workspace_id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));

create table workspaces (
  audit_days integer,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  deleted_people jsonb,
  delivery_days integer not null default 30,
  id uuid not null,
  name text not null,
  result_days integer,
  constraint workspaces_audit_days_check CHECK (((audit_days >= 90) AND (audit_days <= 3650))),
  constraint workspaces_delivery_days_check CHECK (((delivery_days >= 1) AND (delivery_days <= 365))),
  constraint workspaces_pkey PRIMARY KEY (id),
  constraint workspaces_result_days_check CHECK (((result_days >= 1) AND (result_days <= 3650)))
);
CREATE INDEX idx_workspaces_deleted_at ON public.workspaces USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);
alter table workspaces enable row level security, force row level security;
create policy workspace on workspaces using ((id = ( SELECT (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT (current_setting('app.reach'::text, true) = 'every-workspace'::text)));
