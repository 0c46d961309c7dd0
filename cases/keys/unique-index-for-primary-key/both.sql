create table t (a int not null, b int, v text); create unique index on t (a);
create table two (a int not null, b int not null, v text, unique (b, a)); create unique index on two (v);
