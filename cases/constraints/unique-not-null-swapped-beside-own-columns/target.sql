alter table item add note text;
insert into item values (1, 'b', 'kept 1'), (2, 'a', 'kept 2'), (3, 'c', 'kept 3');
insert into part values (1, 1), (2, 2);
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
