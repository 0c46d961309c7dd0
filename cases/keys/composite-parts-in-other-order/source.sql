create table t (a int, b int, v text, primary key (a, b)); insert into t select i, -i, 'v' from generate_series(1, 20) i;
