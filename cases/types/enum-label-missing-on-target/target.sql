create type mood as enum ('sad', 'ok');
create table person (id int primary key, feels mood);
insert into person values (1, 'ok');
