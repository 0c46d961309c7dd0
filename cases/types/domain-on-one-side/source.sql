create domain code as varchar(10);
create domain one_way as int;
create table t (id int primary key, a code, b int, c one_way, d text[]);
insert into t values (1, 'abc', 2, 3, '{x}'), (2, null, null, null, null);
