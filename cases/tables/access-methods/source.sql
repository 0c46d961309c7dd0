create table t (id int primary key, v text) using other_heap;
create table n (v text);
insert into t select i, 'v' from generate_series(1, 10) i;
insert into n values ('a'), ('a');
grant select on all tables in schema public to ${role};
