create schema "Public";
create table item (id int primary key, "Id" int, "ID" text);
create table "Item" ("Id" int primary key, id int, "ID" text);
create table "ITEM" ("ID" int primary key, "Id" int, id text);
create table "Public".item (id int primary key, "iD" text);
