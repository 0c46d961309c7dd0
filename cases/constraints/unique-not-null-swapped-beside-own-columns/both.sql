create table item (id int primary key, code text not null unique);
create table part (id int primary key, item int references item);
