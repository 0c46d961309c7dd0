create table part (id int primary key, updated_at timestamptz default '2025-01-01');
alter table part enable row level security, force row level security;
create policy first_alone on part using (id = 1);
