create table t (id int primary key, a int); insert into t values (1, null), (2, 2); alter table t add constraint a_set not null a not valid;
create table kept (id int primary key, a int); insert into kept values (1, 1), (2, 2); alter table kept add constraint a_set not null a not valid;
