-- What a template says beside its words: window, pitfalls, chart, columns, tests and related templates.
alter table query_templates add column content jsonb not null default '{}';

-- A template of a person, made of a query. is_public says that the whole workspace may see it; those that ship have no workspace.
alter table query_templates
  add column workspace_id uuid references workspaces (id),
  add column owner_id uuid references users (id),
  add column forked_from text,
  add constraint query_templates_owner_check check ((workspace_id is null) = (owner_id is null));
create index idx_templates_workspace_id on query_templates (workspace_id) where workspace_id is not null;
create index idx_templates_forked_from on query_templates (forked_from) where forked_from is not null;
