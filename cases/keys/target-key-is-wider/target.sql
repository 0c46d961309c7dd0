create table t (id int, region text, v text, primary key (region, id));
