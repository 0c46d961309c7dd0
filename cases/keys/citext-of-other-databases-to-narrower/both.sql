create extension citext; create table t (k citext primary key, v int);
