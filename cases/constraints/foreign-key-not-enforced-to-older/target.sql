create table parent (id int primary key); create table child (id int primary key, parent int, constraint belongs foreign key (parent) references parent);
