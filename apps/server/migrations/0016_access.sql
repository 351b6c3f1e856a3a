-- A person may consent for several workspaces.
alter table connections drop constraint connections_user_id_provider_region_key;
alter table connections
  add constraint connections_workspace_id_user_id_provider_region_key unique (workspace_id, user_id, provider, region);

-- Where the next sign-in leads; whether the person is still a member there is asked then.
alter table users add column last_workspace_id uuid;
-- Whether the consent is wanted for the workspace, beside the sign-in.
alter table sign_in_states add column connects boolean not null default false;

alter table sessions add column address text;
create index idx_sessions_workspace_id on sessions (workspace_id, user_id);

-- A link that makes its reader a member, once. Only the hash of its secret is kept.
create table invitations (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  role text not null check (role in ('owner', 'analyst', 'viewer')),
  note text not null,
  secret_hash text not null unique,
  invited_by uuid not null references users (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid references users (id)
);
create index idx_invitations_workspace_id on invitations (workspace_id, created_at);

-- Tokens for programs. Only the hash of the secret is kept.
create table personal_tokens (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  user_id uuid not null references users (id),
  name text not null,
  hint text not null,
  secret_hash text not null unique,
  scopes jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  last_used_from text,
  revoked_at timestamptz
);
create index idx_personal_tokens_workspace_id on personal_tokens (workspace_id, user_id, created_at);

-- Names are kept as they were, so that an entry can be read when what it tells of has gone.
create table audit_log (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces (id),
  at timestamptz not null,
  action text not null,
  user_id uuid not null references users (id),
  user_name text,
  via text not null check (via in ('session', 'token')),
  via_name text,
  object_kind text not null,
  object_id text not null,
  object_name text,
  detail jsonb not null default '{}',
  address text not null,
  user_agent text,
  request_id text not null
);
create index idx_audit_log_workspace_id on audit_log (workspace_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_is_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
