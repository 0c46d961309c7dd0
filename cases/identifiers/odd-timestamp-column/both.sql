create table t (id int primary key, v text, U&"up""dated\000A at; --" timestamptz not null default '2024-01-01');
