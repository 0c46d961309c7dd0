create table hashed (id int primary key, v text) partition by hash (id);
create table hashed_0 partition of hashed for values with (modulus 2, remainder 0);
create table hashed_1 partition of hashed for values with (modulus 2, remainder 1);
create table ranged (id int primary key, v text) partition by range (id);
create table ranged_low partition of ranged for values from (minvalue) to (10);
create table ranged_rest partition of ranged default;
insert into hashed select i, 'v' || i from generate_series(1, 20) i;
insert into ranged select i, 'v' || i from generate_series(1, 20) i;
