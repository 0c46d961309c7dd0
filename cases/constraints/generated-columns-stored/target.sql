create table g (id int primary key, n int, twice int generated always as (n * 2) stored, updated_at timestamptz default '2025-01-01');
