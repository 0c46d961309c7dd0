create table as_number (id int primary key, v xid8);
create table as_short (id int primary key, v xid8);
create table as_old (id int primary key, v pg_snapshot);
create table left_out (id int primary key, n int, v xid8);
insert into as_number values (1, '18446744073709551615');
insert into as_short values (1, '4294967296');
insert into as_old values (1, '10:20:10,14,15');
insert into left_out values (1, 2, '3');
