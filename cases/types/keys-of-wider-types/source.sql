create table a (k int primary key, v text);
create table b (k varchar(5), n smallint, v text, primary key (k, n));
create table c (k int primary key, v text);
create table d (k timestamp primary key, v text);
insert into a select i, 'v' from generate_series(1, 20) i;
insert into b select i::text || ' ', i, 'v' from generate_series(1, 20) i;
insert into c select i * 10, 'v' from generate_series(1, 20) i;
insert into d select '2024-01-01'::timestamp + i * interval '1 hour', 'v' from generate_series(1, 20) i;
