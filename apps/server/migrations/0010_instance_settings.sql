-- What people note about an instance. `name` is what it is called here; it follows Amazon's name until somebody gives it another.
alter table amc_instances add column amc_name text;
update amc_instances set amc_name = name;
alter table amc_instances alter column amc_name set not null;
alter table amc_instances add column notes text not null default '';
alter table amc_instances add column settled_after_days integer not null default 14 check (settled_after_days between 2 and 90);
alter table amc_instances add column window_days integer not null default 7 check (window_days between 1 and 365);
alter table amc_instances add column time_zone text not null default 'UTC';
-- An instance that was removed stays as a row: executions keep its name, and reading Amazon's list does not bring it back.
alter table amc_instances add column removed_at timestamptz;
