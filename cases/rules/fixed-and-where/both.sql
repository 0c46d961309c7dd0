create table t (id int primary key, region text); create table u (id int primary key, region text);
