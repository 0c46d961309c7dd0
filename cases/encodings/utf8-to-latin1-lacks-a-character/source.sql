create table "表" (id int primary key);
create type mood as enum ('gut', '悪');
create table felt (id int primary key, m mood);
insert into price values (1, 'é'), (2, '5 €');
insert into keyed values ('a', 1), ('日本', 2);
insert into stamped (id, v) values (1, 'é');
insert into nokey values ('é'), ('€');
insert into fine values (1, 'é');
