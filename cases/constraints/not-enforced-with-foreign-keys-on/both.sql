create table parent (id int primary key, code int unique);
create table child (id int primary key, parent int references parent on delete cascade not enforced);
create table keyless (id int);
create unique index on keyless (id);
create table refers (id int primary key, k int references keyless (id) not enforced);
create table one (id int primary key, other int);
create table two (id int primary key, other int references one not enforced);
alter table one add foreign key (other) references two not enforced;
