create table a (k bigint primary key, v text);
create table b (k text, n int, v text, primary key (k, n));
create table c (k numeric primary key, v text);
create table d (k timestamptz primary key, v text);
