create table t (id int not null, region int not null, v text); create unique index on t (id, region) include (v);
