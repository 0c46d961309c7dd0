create type word as (a text, n int);
create table t (k word primary key, v text);
insert into t values (('a', 1), 'x'), (('A', 1), 'y');
