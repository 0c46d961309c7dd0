create table t (id int primary key, a int, more int, updated_at timestamptz not null);
