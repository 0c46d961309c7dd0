create extension citext;
create table t (id int primary key, v citext, list citext[]);
create table keyed (k citext primary key, v text);
create table pair (k citext, n int, v citext unique, primary key (n, k));
