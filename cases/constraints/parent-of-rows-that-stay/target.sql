insert into parent select generate_series(1, 8);
insert into child values (33, 3, 'b');
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
