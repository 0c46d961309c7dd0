create table t (id int primary key, v text);
grant postgres to ${role};
alter role ${role} set role = postgres;
