create table parent (id int primary key); create table child (id int primary key, parent int, constraint belongs foreign key (parent) references parent not enforced);
insert into parent values (1); insert into child values (1, 1), (2, 77);
