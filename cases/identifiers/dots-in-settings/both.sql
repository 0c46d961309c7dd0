create schema "my.app";
create table "my.app"."order.lines" (id int primary key, "a.b" text, secret text);
create table "my.app"."order.old" (id int primary key);
