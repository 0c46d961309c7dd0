create table g (id int primary key, n int, twice int generated always as (n * 2) virtual, updated_at timestamptz default '2025-01-01');
insert into g (id, n) values (1, 1), (2, 2);
