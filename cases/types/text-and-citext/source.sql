create table a (id int primary key, v text); insert into a values (1, 'A');
create table b (id int primary key, v varchar(5)); insert into b values (1, 'A');
create table c (id int primary key, v citext); insert into c values (1, 'A');
create table d (id int primary key, v citext); insert into d values (1, 'A');
create table e (v text primary key); insert into e values ('a'), ('A');
create table f (v varchar primary key); insert into f values ('a'), ('A');
create table g (id int primary key, v text[]); insert into g values (1, '{A}');
create table h (id int primary key, v text); insert into h values (1, 'A');
