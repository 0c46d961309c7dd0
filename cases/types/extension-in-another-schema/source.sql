create extension citext; create extension ltree; create extension hstore;
create domain word as citext;
create table t (id int primary key, w word, l citext[], p ltree, h hstore);
create table keyed (k citext primary key, v int);
create table by_path (a ltree, b word, v int, primary key (a, b));
insert into t values (1, 'Word', '{A,b}', 'a.b', 'a=>1,b=>NULL'), (2, null, null, null, null);
insert into keyed values ('One', 1), ('tWo', 2), ('three', 3);
insert into by_path values ('a.b', 'X', 1), ('a', 'x', 2);
