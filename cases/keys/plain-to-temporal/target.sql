create extension btree_gist; create table t (id int, during daterange, v text, primary key (id, during without overlaps));
create table kept (id int, during daterange, v text, primary key (id, during without overlaps));
