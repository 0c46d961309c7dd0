create table plain (id int primary key, v boolean);
create table stamped (id int primary key, v boolean, updated_at timestamptz not null default '2024-01-01');
