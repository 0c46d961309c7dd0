create table plain (id int primary key, v point);
create table stamped (id int primary key, v point, updated_at timestamptz not null default '2024-01-01');
