create table t (id int not null, v text) partition by range (id);
create table t_low partition of t for values from (0) to (10);
