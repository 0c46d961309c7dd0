create table t (id int primary key, i int4range, b int8range, n numrange, d daterange, s tsrange, z tstzrange, list int4range[]);
create table keyed (k tstzrange primary key, v text);
create type floats as range (subtype = float8);
create type texts as range (subtype = text, collation = "C");
create table own (id int primary key, f floats, t texts);
