create type span as range (subtype = text, collation = nocase);
create table t (id int primary key, v span);
create table l (id int primary key, v span[]);
