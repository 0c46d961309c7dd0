create table source_only (id int not null, a int, b int generated always as (a * 2) stored, primary key (id)) partition by range (id);
create table target_only (id int not null, a int, b int generated always as (a * 2) stored, primary key (id)) partition by range (id);
create table both_sides (id int not null, a int, b int generated always as (a * 2) stored, primary key (id)) partition by range (id);
create table plain (id int not null, a int, b int generated always as (a * 2) stored, primary key (id)) partition by range (id);
create table both_sides_1 partition of both_sides (b generated always as (a * 3) stored) for values from (0) to (100);
create table plain_1 partition of plain for values from (0) to (100);
