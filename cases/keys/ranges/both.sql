create table t (k int4range primary key, v text); create table d (k tstzrange primary key, v text); create table n (k numrange primary key, v text);
