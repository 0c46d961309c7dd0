create table t (id int, v text, primary key (id) include (v)); insert into t select i, 'v' from generate_series(1, 10) i;
