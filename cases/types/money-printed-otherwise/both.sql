create table t (id int primary key, v money, a money[], r numrange);
create table keyed (k money primary key, n int);
create table none (v money);
