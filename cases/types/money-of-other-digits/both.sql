create table t (id int primary key, v money);
create table inside (id int primary key, v money[]);
create table left_out (id int primary key, n int, v money);
create table without (id int primary key, n int);
create table filtered (id int primary key, v money);
