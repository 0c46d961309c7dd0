grant usage on schema public to ${role};
grant create, temp on database ${database} to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
