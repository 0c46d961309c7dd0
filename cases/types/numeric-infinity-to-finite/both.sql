create table bytes (id int primary key, v numeric);
create table texts (id int primary key, v numeric, d point);
create table many (id int primary key, v numeric[]);
create table finite (id int primary key, v numeric, d numeric[]);
