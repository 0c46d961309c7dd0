create table t (id int primary key, region text not null, v text);
