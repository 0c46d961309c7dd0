create table t (id int, v text, n int, primary key (id) include (v)); create table u (a int not null, b int, v text, unique (a) include (b, v));
