create table plain (id int primary key, v xml);
create table stamped (id int primary key, v xml, updated_at timestamptz not null default '2024-01-01');
