create table months (id int primary key, d date);
create table numbers (id int primary key, n numeric);
