alter table parent add v int;
insert into parent select i, 'n' || i, 'K' || i, i, 'b' || i from generate_series(1, 2) i;
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
