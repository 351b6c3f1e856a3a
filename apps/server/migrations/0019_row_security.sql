-- The second wall: whatever a statement says, it sees the rows of the workspace that its transaction is set to and no others. Background
-- rounds, which go over all workspaces, say so by a setting of another name. Nobody, the owner of the tables included, is exempt, except
-- superusers and roles with BYPASSRLS, whom PostgreSQL never checks. A table that is made later gets the same in its migration (a test
-- looks).
do $$
declare
  name text;
begin
  foreach name in array array[
    'amc_accounts', 'amc_copies', 'amc_instances', 'audit_log', 'connections', 'events', 'exports', 'idempotency_keys', 'invitations',
    'live_schemas', 'personal_tokens', 'schema_snapshots', 'sessions', 'workflow_drafts', 'workflow_executions', 'workflow_versions',
    'webhook_attempts', 'webhook_deliveries', 'webhooks', 'workflows', 'workspace_members'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    -- Sub-selects are evaluated once a statement and not once a row.
    execute format($policy$
      create policy workspace on %I using (
        workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid)
        or (select current_setting('app.reach', true) = 'every-workspace')
      )$policy$, name);
  end loop;
end $$;

alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy workspace on workspaces using (
  id = (select nullif(current_setting('app.workspace', true), '')::uuid)
  or (select current_setting('app.reach', true) = 'every-workspace')
);

-- Templates that ship belong to everybody.
alter table query_templates enable row level security;
alter table query_templates force row level security;
create policy workspace on query_templates using (
  workspace_id is null
  or workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid)
  or (select current_setting('app.reach', true) = 'every-workspace')
);

-- People belong to no workspace: who says none, sees none.
do $$
declare
  name text;
begin
  foreach name in array array['users', 'sign_in_states'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($policy$
      create policy workspace on %I using (
        (select coalesce(current_setting('app.workspace', true), '') <> '' or current_setting('app.reach', true) = 'every-workspace')
      )$policy$, name);
  end loop;
end $$;
