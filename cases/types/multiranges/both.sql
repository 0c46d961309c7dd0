create table t (id int primary key, i int4multirange, n nummultirange, z tstzmultirange);
create table keyed (k int4multirange primary key, v text);
create type floats as range (subtype = float8, multirange_type_name = "many floats");
create table own (id int primary key, f "many floats");
