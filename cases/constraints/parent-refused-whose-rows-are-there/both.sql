create extension if not exists citext;
create table parent (id int primary key, name varchar(20) unique, kind citext unique, a bigint, b char(8), at timestamptz unique, unique (a, b));
create table child (id int primary key, parent bigint references parent, updated_at timestamptz default '2025-01-01');
create table grandchild (id int primary key, child int references child);
create table by_name (id int primary key, name text references parent (name));
create table by_kind (id int primary key, kind citext references parent (kind));
create table by_two (id int primary key, a int, b char(8), foreign key (a, b) references parent (a, b));
create table by_time (id int primary key, at timestamptz references parent (at));
