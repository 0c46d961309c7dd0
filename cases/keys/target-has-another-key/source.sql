create table t (id int primary key, code text not null unique, v text); insert into t select i, 'c' || i, 'v' from generate_series(1, 20) i;
