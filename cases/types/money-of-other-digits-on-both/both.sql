create table t (id int primary key, v money, a money[]);
create table none (v money);
create table ruled (id int primary key, v money);
create table filled (id int primary key, n int);
alter table filled add v money;
