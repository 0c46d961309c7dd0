create domain word as text collate nocase;
create table t (k text[] collate nocase primary key, v text);
create table d (k word primary key, v text);
create table l (k word[] primary key, v text);
