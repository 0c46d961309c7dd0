alter table a add constraint a_to_b foreign key (b) references b on delete cascade;
alter table b add constraint b_to_a foreign key (a) references a on delete set null;
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
