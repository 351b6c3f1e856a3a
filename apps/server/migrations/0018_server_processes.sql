-- What each process of the installation tells of itself, over and over: how its background loops go, and its calls to Amazon. Belongs to
-- the installation and to no workspace; holds figures only.
create table server_processes (
  id uuid primary key,
  role text not null,
  version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  loops jsonb not null,
  calls jsonb not null
);
