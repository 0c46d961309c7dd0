grant usage on schema public to ${role};
grant create, temporary on database ${database} to ${role};
grant select, insert, update, delete on t to ${role};
grant usage, select, update on sequence t_id_seq to ${role};
