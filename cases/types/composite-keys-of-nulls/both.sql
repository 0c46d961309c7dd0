create type pair as (a int, b text);
create table t (k pair primary key, u int unique, v text);
