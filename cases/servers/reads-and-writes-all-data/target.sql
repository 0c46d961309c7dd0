grant pg_read_all_data, pg_write_all_data to ${role};
grant create, temporary on database ${database} to ${role};
