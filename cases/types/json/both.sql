create table plain (id int primary key, v json);
create table stamped (id int primary key, v json, updated_at timestamptz not null default '2024-01-01');
