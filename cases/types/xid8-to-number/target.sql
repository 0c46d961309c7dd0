create table as_number (id int primary key, v numeric);
create table as_short (id int primary key, v xid);
create table as_old (id int primary key, v txid_snapshot);
create table left_out (id int primary key, n int);
