create domain word as text;
create table t (k text[] primary key, v text);
insert into t values ('{a}', 'x'), ('{A}', 'y');
create table d (k word primary key, v text);
insert into d values ('a', 'x'), ('A', 'y');
-- arrays of domains are known from 11 on
create table l (k word[] primary key, v text);
insert into l values ('{a}', 'x'), ('{A}', 'y');
