create table t (id int primary key, v text, region text not null, updated_at timestamptz not null default now());
insert into t select i, 'v' || i, 'source' from generate_series(1, 3) i;
