create table t (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
insert into t select i, 'v' from generate_series(1, 20) i;
