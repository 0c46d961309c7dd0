create table checked (id int primary key, v text);
create table indexed (id int primary key, v text);
create table domained (id int primary key, v text);
create table computed (id int primary key, v text);
