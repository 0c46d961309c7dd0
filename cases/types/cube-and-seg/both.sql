create extension cube; create extension seg;
create table t (id int primary key, c cube, s seg, list cube[]);
create table keyed (k cube primary key, v int);
create table by_seg (k seg primary key, v int);
