create schema "select";
create table "select"."table" ("primary" int primary key, "select" text, "from" text, "where" text, "order" text, "group" text, "user" text, "table" text, "column" text, "all" text, "null" text, "true" text, "default" text, "analyse" text, "values" text, "current_user" text, "end" text, "only" text, "limit" text, "returning" text);
create table "select"."only" ("null" text, "default" text, primary key ("null", "default"));
create table "select"."user" ("order" int primary key references "select"."table", "excluded" text, "values" text);
