alter table a add constraint a_to_b foreign key (b) references b;
alter table b add constraint b_to_a foreign key (a) references a;
alter table note add constraint noted foreign key (a) references a on delete cascade;
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
