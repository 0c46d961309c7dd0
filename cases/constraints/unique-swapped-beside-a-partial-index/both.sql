create table item (id int primary key, code text unique, other int, updated_at timestamptz default '2025-01-01');
create unique index on item (other) where code is null;
create table part (id int primary key, item int references item);
