create table plain (id int primary key, v tsvector);
create table stamped (id int primary key, v tsvector, updated_at timestamptz not null default '2024-01-01');
create table keyed (k tsvector primary key, n int);
