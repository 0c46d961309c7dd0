grant create, temporary on database ${database} to ${role};
grant select, insert, update, delete on t, fine to ${role};
grant usage, select, update on sequence hidden.numbers, fine_id_seq to ${role};
