insert into part values (1), (2);
alter table part enable row level security;
create policy first_alone on part using (id = 1);
grant select on part to ${role};
grant usage on schema public to ${role};
