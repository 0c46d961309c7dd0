create schema hidden;
create sequence hidden.numbers;
create table t (id int primary key default nextval('hidden.numbers'), v text);
create table fine (id serial primary key, v text);
grant usage on schema public to ${role};
