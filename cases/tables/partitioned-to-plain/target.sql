create table t (id int, region text, day date, v text, primary key (id, region, day));
