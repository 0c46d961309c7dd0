create table item (id int primary key, code text unique);
