create table t (id int not null, code text primary key, v text); create unique index on t (id);
