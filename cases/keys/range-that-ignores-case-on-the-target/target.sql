create type span as range (subtype = text, collation = nocase);
create table t (k span primary key, v text);
create table o (k int, s span, v text, primary key (k, s));
