create table t (id int primary key, d date, z timestamptz, i interval, f float8, b bytea, x xml, a text[], n text, updated_at timestamptz not null default '2024-01-01');
create table n (v text);
create table parent (k text primary key);
create table child (id int primary key, parent text references parent, v tsvector);
