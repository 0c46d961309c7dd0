create type pair as (a int, b int);
create table p (id int primary key, value pair unique, updated_at timestamptz default '2025-01-01');
