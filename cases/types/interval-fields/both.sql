create table plain (id int primary key, v interval year to month);
create table stamped (id int primary key, v interval year to month, updated_at timestamptz not null default '2024-01-01');
