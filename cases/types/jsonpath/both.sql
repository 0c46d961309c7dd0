create table plain (id int primary key, v jsonpath);
create table stamped (id int primary key, v jsonpath, updated_at timestamptz not null default '2024-01-01');
