create type word as (a text collate nocase, n int);
create table t (k word primary key, v text);
