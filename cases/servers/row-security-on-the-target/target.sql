alter table part enable row level security;
create policy first_alone on part using (id = 1);
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
