-- A text that ran without being saved names the version whose edits it holds.
alter table workflow_executions add column base_version integer;
