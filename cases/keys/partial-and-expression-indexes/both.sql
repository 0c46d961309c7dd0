create table t (a int not null, b text not null, v text); create unique index on t (a) where a > 0; create unique index on t (lower(b));
