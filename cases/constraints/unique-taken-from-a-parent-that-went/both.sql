create table parent (id int primary key, code text unique);
create table child (id int primary key, parent int references parent);
grant create on database ${database} to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
