create table item (id int primary key, code text unique, pos int, updated_at timestamptz default '2025-01-01');
create table parked (id int primary key, code text unique, pos int, updated_at timestamptz default '2025-01-01');
create table refers (id int primary key, parked int references parked);
insert into item select i, 'c' || i, i from generate_series(1, 8) i;
insert into parked select i, 'c' || i, i from generate_series(1, 8) i;
insert into refers select i, i from generate_series(1, 8) i;
