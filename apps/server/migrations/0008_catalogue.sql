-- What this installation knows of AMC's tables: as it ships, from a file, or from a repository. All of it is written in one transaction.
create table catalogue (
  id text primary key check (id = 'current'),
  -- Of everything below and the templates; importing the same again changes nothing.
  hash text not null,
  origin jsonb not null,
  imported_at timestamptz not null,
  -- Of a repository that the settings name: what GitHub is asked again by, and how the last check ended.
  checked_source text,
  etag text,
  checked_at timestamptz,
  check_failure jsonb,
  next_check_at timestamptz,
  lease_until timestamptz
);

create table data_source_categories (
  name text primary key
);

create table data_sources (
  name text primary key,
  position integer not null,
  title text not null,
  category text not null references data_source_categories (name) deferrable initially deferred,
  kind text not null check (kind in ('fact', 'dimension')),
  -- The whole file without its fields.
  content jsonb not null
);
create index idx_data_sources_category on data_sources (category);

create table data_source_tags (
  source text not null references data_sources (name) deferrable initially deferred,
  tag text not null,
  primary key (source, tag)
);
create index idx_data_source_tags_tag on data_source_tags (tag);

create table data_source_fields (
  source text not null references data_sources (name) deferrable initially deferred,
  name text not null,
  position integer not null,
  data_type text not null,
  column_type text not null check (column_type in ('dimension', 'metric')),
  aggregation_threshold text not null,
  content jsonb not null,
  primary key (source, name)
);
create index idx_data_source_fields_name on data_source_fields (name);

create table data_source_examples (
  source text not null references data_sources (name) deferrable initially deferred,
  slug text not null,
  position integer not null,
  title text not null,
  answers text not null,
  sql_query text not null,
  primary key (source, slug)
);

create table data_source_relationships (
  position integer primary key,
  from_source text not null references data_sources (name) deferrable initially deferred,
  to_source text not null references data_sources (name) deferrable initially deferred,
  content jsonb not null
);
create index idx_data_source_relationships_from_source on data_source_relationships (from_source);
create index idx_data_source_relationships_to_source on data_source_relationships (to_source);
