create type pair as (a int);
create table t (id int primary key, p pair[]);
insert into t values (1, '{(1)}');
