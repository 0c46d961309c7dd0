create table item (id int primary key, v text, updated_at timestamptz default '2025-01-01');
insert into item select i, 'v' from generate_series(1, 8) i;
