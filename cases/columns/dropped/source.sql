create table t (x int, id int, gone text, v text, primary key (id)); insert into t select 1, i, 'gone', 'v' from generate_series(1, 20) i; alter table t drop column x; alter table t drop column gone;
