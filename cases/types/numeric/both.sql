create table plain (id int primary key, v numeric);
create table stamped (id int primary key, v numeric, updated_at timestamptz not null default '2024-01-01');
