insert into t values (7, 'kept', 'kept');
grant create, temporary on database ${database} to ${role};
grant usage on schema public to ${role};
grant select, delete on all tables in schema public to ${role};
grant insert (id, shown), update (id, shown) on t to ${role};
grant insert, update (id, shown) on read_only to ${role};
grant insert (id, shown), update (id, shown) on fixed to ${role};
grant insert (id, shown), update (id, shown) on enough to ${role};
