create table word (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
create table keyed (k text primary key, n int);
create table "表" ("列" int primary key, v varchar(3));
