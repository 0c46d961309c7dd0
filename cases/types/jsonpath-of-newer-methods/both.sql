create table newer (id int primary key, p jsonpath); create table older (id int primary key, p jsonpath);
