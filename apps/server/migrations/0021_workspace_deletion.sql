-- A workspace that is being removed: it has no members any more, and its row stays until nothing else of it is left. Who was a member goes
-- with it, unless they belong to another one.
alter table workspaces add column deleted_at timestamptz;
alter table workspaces add column deleted_people jsonb;
create index idx_workspaces_deleted_at on workspaces (deleted_at) where deleted_at is not null;

-- With its workspace the whole log goes.
create or replace function refuse_early_removal() returns trigger language plpgsql as $$
begin
  if current_setting('app.removes', true) = 'audit-log' then
    if tg_level = 'STATEMENT' then
      return null;
    end if;
    if exists (
      select from workspaces
        where id = old.workspace_id and (deleted_at is not null or old.at < now() - make_interval(hours => 24 * audit_days))
    ) then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
