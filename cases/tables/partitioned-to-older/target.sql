create table hashed (id int primary key, v text);
create table ranged (id int, v text) partition by range (id);
create table ranged_low partition of ranged for values from (minvalue) to (10);
create table ranged_high partition of ranged for values from (10) to (maxvalue);
create unique index on ranged_low (id); create unique index on ranged_high (id);
