create table t (note text default 'new', id int primary key, v text, updated_at timestamptz, n int not null default 7, at timestamptz not null default '2020-01-01', s serial);
