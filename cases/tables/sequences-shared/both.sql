create sequence s; create table a (id int primary key default nextval('s')); create table b (id int primary key default nextval('s'));
