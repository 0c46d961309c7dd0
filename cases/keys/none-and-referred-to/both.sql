create table parent (code int unique, value text);
create table child (id int primary key, code int references parent (code));
grant create on database ${database} to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
