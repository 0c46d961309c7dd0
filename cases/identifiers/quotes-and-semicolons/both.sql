create table "a""b'; drop table x; --" ("i""d" int primary key, "v'a;l" text, "per%cent %s" text, "$1" text, "?" text, "a\b" text);
