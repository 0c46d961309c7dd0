create table t (id int primary key, v text, secret text, n int not null default 5, updated_at timestamptz not null default '2024-01-01');
