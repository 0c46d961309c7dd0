create extension citext; create extension ltree; create extension hstore;
create domain word as citext check (value <> '');
create domain loud as word;
create domain path_ as ltree;
create domain pairs as hstore;
create table t (id int primary key, w word, l loud, p path_, h pairs);
create table keyed (k loud primary key, v int);
create table by_path (a path_, b word, v int, primary key (a, b));
