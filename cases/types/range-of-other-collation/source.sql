create type span as range (subtype = text, collation = "C");
create table t (id int primary key, v span);
insert into t values (1, '[A,a)'), (2, '[a,b)');
create table l (id int primary key, v span[]);
insert into l values (1, '{"[A,a)"}');
