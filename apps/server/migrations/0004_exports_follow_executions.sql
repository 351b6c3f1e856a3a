-- The file of a result goes with its execution; delete-exports removes it from the disk.
alter table exports drop constraint exports_execution_id_fkey;
alter table exports add constraint exports_execution_id_fkey
  foreign key (execution_id) references workflow_executions (id) on delete cascade;
