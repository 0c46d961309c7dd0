create table place (x text, y int, primary key (x, y));
insert into place values ('a', 1), ('b', 1), ('c', 1), ('z', 1);
create table item (id int primary key, code text unique, y int not null default 1, updated_at timestamptz default '2025-01-01', foreign key (code, y) references place match full);
create table part (id int primary key, item int references item);
