create table t (id int primary key, u int, updated_at timestamptz default '2025-01-01');
create table none (u int, v text);
create table ranges (id int primary key, r int4range);
create table parts (id int not null, u int, primary key (id)) partition by range (id);
create table parts_low partition of parts for values from (0) to (10);
create table parts_high partition of parts for values from (10) to (20);
create table fine (id int primary key, u int);
create table fine_none (u int, r int4range);
