create table fine (id int primary key); insert into fine values (1); insert into none default values; insert into none default values;
