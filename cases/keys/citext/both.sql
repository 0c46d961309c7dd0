create extension citext; create table t (k citext primary key, v text); create table c (a int, k citext, v text, primary key (a, k)); create table u (id int primary key, mail citext unique);
