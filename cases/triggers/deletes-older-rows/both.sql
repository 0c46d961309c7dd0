create table same (id int primary key, v text, updated_at timestamptz default '2025-01-01');
create table other (id int primary key, v text, updated_at timestamptz default '2025-01-01');
insert into same select i, 'v' from generate_series(1, 8) i;
insert into other select i, 'v' from generate_series(1, 8) i;
