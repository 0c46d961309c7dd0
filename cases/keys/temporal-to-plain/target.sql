create table t (id int, during daterange, v text, primary key (id, during));
