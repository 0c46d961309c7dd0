create schema ext;
create extension citext schema ext; create extension ltree schema ext; create extension hstore schema ext;
create domain word as ext.citext;
create table t (id int primary key, w word, l ext.citext[], p ext.ltree, h ext.hstore);
create table keyed (k ext.citext primary key, v int);
create table by_path (a ext.ltree, b word, v int, primary key (a, b));
