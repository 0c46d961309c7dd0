create extension citext; create table t (k citext primary key, v int); create table u (id int primary key, k citext unique);
