insert into shown values (7, 'kept');
grant create, temporary on database ${database} to ${role};
grant usage on schema public to ${role};
grant select, insert, update, delete on open to ${role};
grant select, delete on shown to ${role};
