create domain price as numeric(10,4);
create table t (id int primary key, p price, q numeric(10,4));
insert into t values (1, 1.2345, 1.2345);
