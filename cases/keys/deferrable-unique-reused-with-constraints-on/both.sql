create table t (id int primary key, u int unique deferrable initially deferred, updated_at timestamptz default '2025-01-01');
