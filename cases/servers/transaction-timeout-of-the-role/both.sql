create table t (id int primary key, v text);
alter role ${role} set transaction_timeout = '3s';
grant usage on schema public to ${role};
grant create, temporary on database ${database} to ${role};
grant select, insert, update, delete on t to ${role};
