create table plain (id int primary key, v jsonb);
create table stamped (id int primary key, v jsonb, updated_at timestamptz not null default '2024-01-01');
