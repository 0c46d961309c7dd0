create table t (id int primary key, v text);
create table n (v text);
alter role ${role} set default_with_oids = on;
grant usage on schema public to ${role};
grant create, temporary on database ${database} to ${role};
grant select, insert, update, delete on t, n to ${role};
