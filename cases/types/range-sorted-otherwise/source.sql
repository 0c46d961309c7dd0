create type span as range (subtype = text, collation = "C");
create type place as range (subtype = text, collation = "und-x-icu");
create table t (id int primary key, v span);
insert into t values (1, '[B,a)'), (2, '[a,b)');
create table o (id int primary key, v place);
insert into o values (1, '[a,B)'), (2, '[a,b)');
