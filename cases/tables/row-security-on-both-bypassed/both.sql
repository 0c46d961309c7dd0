create table t (id int primary key, v text); alter table t enable row level security; alter table t force row level security; create policy p on t using (id < 10);
