create table bytes (id int primary key, v interval);
create table texts (id int primary key, v interval, d point);
create table finite (id int primary key, v interval);
