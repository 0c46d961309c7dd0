set allow_in_place_tablespaces = on;
create tablespace ${role} location '';
alter role ${role} set default_tablespace = ${role};
grant usage on schema public to ${role};
grant create, temporary on database ${database} to ${role};
grant select, insert, update, delete on t to ${role};
