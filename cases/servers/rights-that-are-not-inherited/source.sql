alter role ${role} noinherit;
grant pg_read_all_data to ${role};
insert into t values (1, 'v');
