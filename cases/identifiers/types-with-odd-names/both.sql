create schema "ty.pes";
create type "ty.pes"."mo""od" as enum ('a', 'b''c', 'd"e');
create domain "ty.pes"."my domain" as int check (value >= 0);
create type "ty.pes"."Point;" as ("x y" int, "Z" "ty.pes"."mo""od");
create table t (id "ty.pes"."my domain", kind "ty.pes"."mo""od", at "ty.pes"."Point;", list "ty.pes"."mo""od"[], v text, primary key (id, kind, at));
