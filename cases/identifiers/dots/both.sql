create schema "a.b"; create schema a; create schema "a.b.c";
create table "a.b".c (id int primary key, "x.y" text);
create table a."b.c" (id int primary key, "x.y" text);
create table "a.b.c"."." (id int primary key, "x.y" text);
create table public."a.b.c" (id int primary key, "x.y" text, "." text);
