-- A superuser's word about the role, which the role itself may neither give nor take back.
alter role ${role} set session_replication_role = replica;
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
