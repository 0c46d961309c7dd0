create extension btree_gist;
create table booking (id int primary key, room int, during int4range, unique (room, during without overlaps), updated_at timestamptz default '2025-01-01');
