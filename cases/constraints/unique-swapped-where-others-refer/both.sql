create table parent (id int primary key, code text unique, number int);
create unique index on parent (number) where number > 0;
create table strict (id int primary key, parent int references parent on delete restrict);
create table owned (id int primary key, parent int references parent on delete cascade);
create table loose (id int primary key, parent int references parent on delete set null);
grant create on database ${database} to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
