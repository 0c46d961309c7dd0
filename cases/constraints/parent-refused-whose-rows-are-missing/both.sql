create extension if not exists citext;
create table parent (id int primary key, name text collate "C" unique, kind citext unique, a int, b char(4), unique (a, b));
create table child (id int primary key, parent int references parent);
create table grandchild (id int primary key, child int references child);
create table by_name (id int primary key, name text references parent (name));
create table by_kind (id int primary key, kind citext references parent (kind));
create table by_two (id int primary key, a int, b char(4), foreign key (a, b) references parent (a, b));
create table of_nothing (id int primary key, parent int references parent, a int, b char(4), foreign key (a, b) references parent (a, b));
create table filtered (id int primary key, parent int references parent, kind text);
