grant usage on schema public to ${role}; grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
