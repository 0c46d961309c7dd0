create type inner_type as (a int, "b c" text, gone int, n numeric);
alter type inner_type drop attribute gone;
create type outer_type as (i inner_type, list inner_type[], at timestamptz);
create table t (id int primary key, o outer_type, rows inner_type[]);
create table keyed (k inner_type primary key, v int);
create table whole (id int primary key, x t);
