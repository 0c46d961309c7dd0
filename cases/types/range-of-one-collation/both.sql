create type span as range (subtype = text, collation = "C");
create table t (id int primary key, v span, w span[]);
