create table plain (id int primary key, v tsquery);
create table stamped (id int primary key, v tsquery, updated_at timestamptz not null default '2024-01-01');
