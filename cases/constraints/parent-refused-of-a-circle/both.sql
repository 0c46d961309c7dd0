create table parent (id int primary key);
create table a (id int primary key, b int not null, parent int references parent);
create table b (id int primary key, a int not null references a deferrable initially deferred);
alter table a add foreign key (b) references b deferrable initially deferred;
create table child (id int primary key, a int references a);
