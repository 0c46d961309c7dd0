create table item (id int primary key, code text unique, double text generated always as (code || code) stored not null, updated_at timestamptz default '2025-01-01');
create table part (id int primary key, item int references item);
