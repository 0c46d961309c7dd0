create schema one; create schema two;
create table one.item (id int primary key, name text unique);
create table two.item (id int primary key, item int references one.item, name text unique);
