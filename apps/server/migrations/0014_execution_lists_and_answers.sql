-- Lists and counts by state, without reading the wide rows.
create index idx_executions_workspace_id_status on workflow_executions (workspace_id, status, requested_at desc, id desc)
  include (instance_id, requested_by, workflow_id);

-- What AMC answered about the run, as it came: to the call that sent it, and when it ended.
alter table workflow_executions add column amc_answers jsonb not null default '[]';
-- The declarations of the text that ran; null for runs from before this was kept, whose version has them.
alter table workflow_executions add column parameters jsonb;
