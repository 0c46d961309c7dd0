create table plain (id int primary key, v interval);
create table stamped (id int primary key, v interval, updated_at timestamptz not null default '2024-01-01');
