create table sorted (id int primary key, v text); create table folded (id int primary key, v text); create table matched (id int primary key, v text);
