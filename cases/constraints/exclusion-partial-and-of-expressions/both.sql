create schema tools;
create extension btree_gist schema tools;
create extension citext schema tools;
create table booking (id int primary key, room tools.citext, since int, until int, kind text, updated_at timestamptz default '2025-01-01',
  exclude using gist ((room::text) with =, int4range(since, until) with &&, (lower(kind)) with =) where (kind <> 'draft'));
