insert into short select 'n' || i from generate_series(1, 8) i;
insert into long select 'n' || i from generate_series(1, 8) i;
insert into to_short values (33, 'n3', 'b');
insert into to_long values (33, 'n3', 'b');
alter table to_short add constraint of_short foreign key (ref) references short;
alter table to_long add constraint of_long foreign key (ref) references long;
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
