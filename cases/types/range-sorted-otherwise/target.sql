create type span as range (subtype = text, collation = "und-x-icu");
create type place as range (subtype = text, subtype_opclass = text_pattern_ops);
create table t (id int primary key, v span);
create table o (id int primary key, v place);
