-- How many days a workspace keeps what may go; null: for ever.
alter table workspaces add column result_days integer check (result_days between 1 and 3650);
alter table workspaces add column audit_days integer check (audit_days between 90 and 3650);
alter table workspaces add column delivery_days integer not null default 30 check (delivery_days between 1 and 365);

-- The row says that the rows of a result are past their time before the file goes, and that the file may still be there until it has gone.
alter table workflow_executions add column results_removed_at timestamptz;
alter table workflow_executions add column result_file_waits boolean not null default false;
create index idx_executions_kept_results on workflow_executions (workspace_id, finished_at)
  where status = 'completed' and not dry_run and results_removed_at is null;
create index idx_executions_result_file_waits on workflow_executions (id) where result_file_waits;
create index idx_audit_log_at on audit_log (workspace_id, at);
create index idx_webhook_deliveries_created_at on webhook_deliveries (workspace_id, created_at);

-- The audit log stays append-only. The one exception is what the workspace keeps no longer, by the clock of the database, and only for a
-- transaction that says that it removes entries: no other statement, and no younger entry, can be meant by mistake.
drop trigger audit_log_is_append_only on audit_log;
create trigger audit_log_is_append_only before update or truncate on audit_log
  for each statement execute function refuse_change();

create function refuse_early_removal() returns trigger language plpgsql as $$
begin
  if current_setting('app.removes', true) = 'audit-log' then
    if tg_level = 'STATEMENT' then
      return null;
    end if;
    if exists (
      select from workspaces where id = old.workspace_id and old.at < now() - make_interval(hours => 24 * audit_days)
    ) then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_keeps_entries before delete on audit_log
  for each statement execute function refuse_early_removal();
create trigger audit_log_keeps_young_entries before delete on audit_log
  for each row execute function refuse_early_removal();
