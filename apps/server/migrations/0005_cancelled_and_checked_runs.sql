-- A run may be asked to end, may be a mere check (AMC's dryRun), and may be of a text that is no version.
alter table workflow_executions alter column workflow_version drop not null;
alter table workflow_executions add column dry_run boolean not null default false;
alter table workflow_executions add column cancel_requested_at timestamptz;
-- Why the wish has not come true: { message, amcMessage, again }.
alter table workflow_executions add column cancel_failure jsonb;
-- When AMC is asked (again) to end the run; null when it need not be.
alter table workflow_executions add column cancel_next_at timestamptz;
alter table workflow_executions add column cancel_attempts integer not null default 0;
create index idx_executions_cancel on workflow_executions (cancel_next_at) where cancel_next_at is not null;
