-- Queries are found by tags, stay in the trash for 30 days, and know since which version their text is what it is.
alter table workflows
  add column tags jsonb not null default '[]',
  add column deleted_at timestamptz,
  -- The version in which text or declarations, which AMC keeps, last changed: a copy of this version or a later one is in step.
  add column text_version integer not null default 1;
alter table workflow_versions add column restored_from integer;
update workflows set text_version = changed.version
from (
  select workflow_id, max(version) as version
  from (
    select workflow_id, version, sql_query, parameters,
      lag(sql_query) over earlier as sql_before, lag(parameters) over earlier as parameters_before
    from workflow_versions
    window earlier as (partition by workflow_id order by version)
  ) versions
  where sql_before is distinct from sql_query or parameters_before is distinct from parameters
  group by workflow_id
) changed
where changed.workflow_id = workflows.id;

drop index idx_workflows_workspace_id_updated_at;
create index idx_workflows_workspace_id_updated_at on workflows (workspace_id, updated_at desc, id desc) where deleted_at is null;
create index idx_workflows_deleted_at on workflows (deleted_at) where deleted_at is not null;
create index idx_workflow_drafts_user_id on workflow_drafts (user_id, workflow_id);
