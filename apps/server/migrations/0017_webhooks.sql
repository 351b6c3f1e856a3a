-- Who is told of what happens in a workspace. The address is a secret where knowing it is enough to write there.
create table webhooks (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  kind text not null check (kind in ('webhook', 'slack', 'email')),
  address_encrypted text not null,
  secret_encrypted text,
  previous_secret_encrypted text,
  previous_secret_until timestamptz,
  events jsonb not null,
  last_event_id bigint not null,
  paused_at timestamptz,
  paused_reason text check (paused_reason in ('person', 'failing', 'gone')),
  failing_since timestamptz,
  failures integer not null default 0,
  last_sent_at timestamptz,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index idx_webhooks_workspace_id on webhooks (workspace_id, created_at);

create table webhook_deliveries (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  webhook_id uuid not null references webhooks (id) on delete cascade,
  type text not null,
  about text not null,
  dedupe_key text not null,
  payload text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  by_hand boolean not null default false,
  attempts integer not null default 0,
  tries integer not null default 0,
  next_attempt_at timestamptz,
  lease_until timestamptz,
  last_try_at timestamptz,
  last_status integer,
  last_error text,
  last_took_ms integer,
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (webhook_id, dedupe_key)
);
create index idx_webhook_deliveries_webhook_id on webhook_deliveries (webhook_id, created_at desc, id desc);
create index idx_webhook_deliveries_waiting on webhook_deliveries (next_attempt_at) where state = 'waiting';

-- One row for each try, written before it begins: a try that a killed process began is seen as one without an end.
create table webhook_attempts (
  delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
  attempt integer not null,
  workspace_id uuid not null references workspaces (id),
  at timestamptz not null,
  status integer,
  error text,
  took_ms integer,
  answer text,
  primary key (delivery_id, attempt)
);
