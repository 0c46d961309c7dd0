create table item (id int, part int, pos int, updated_at timestamptz default '2025-01-01', primary key (id, part)) partition by list (part);
create table item_1 partition of item for values in (1);
create table item_2 partition of item for values in (2);
insert into item select i, i % 2 + 1, i from generate_series(1, 8) i;
