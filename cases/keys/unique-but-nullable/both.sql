create table t (a int unique, v text); create table n (a int, v text, unique nulls not distinct (a));
