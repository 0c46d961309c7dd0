create table t (a int, b text, c date, v text, primary key (a, b, c)); insert into t select i % 5, 'b' || i, date '2024-01-01' + i, 'v' from generate_series(1, 30) i;
