create access method other_heap type table handler heap_tableam_handler;
alter role ${role} in database ${database} set default_table_access_method = other_heap;
grant usage on schema public to ${role};
grant create, temporary on database ${database} to ${role};
