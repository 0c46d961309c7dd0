alter table parent add v int;
insert into parent select i, 'n' || i, 'K' || i, i, 'b' || i, timestamptz '2025-01-01 00:00:00.123456+02' + i * interval '1 day' from generate_series(1, 12000) i where i < 9999;
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
