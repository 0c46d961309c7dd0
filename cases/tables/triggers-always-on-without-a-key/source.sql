create table t (id int, v text); insert into t select i, 'v' from generate_series(1, 20) i; create table u (id int, v text); insert into u values (1, 'v');
