grant usage on schema public to ${role};
grant select, insert, update, delete on t, n to ${role};
grant create, temporary on database ${database} to ${role};
