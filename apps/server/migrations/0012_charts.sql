-- How the results of a query are drawn; null: as their columns suggest.
alter table workflows add column chart jsonb;
