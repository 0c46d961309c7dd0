create table t (id int primary key, v varchar(5), n int, updated_at timestamptz not null default '2024-01-01');
