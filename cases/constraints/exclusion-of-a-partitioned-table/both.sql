create extension btree_gist;
create table t (id int, room int, during int4range, primary key (id, room), exclude using gist (room with =, during with &&)) partition by list (room);
create table t_1 partition of t for values in (1, 2);
create table t_rest partition of t default;
