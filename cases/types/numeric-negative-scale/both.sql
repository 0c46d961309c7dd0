create table plain (id int primary key, v numeric(3,-3));
create table stamped (id int primary key, v numeric(3,-3), updated_at timestamptz not null default '2024-01-01');
