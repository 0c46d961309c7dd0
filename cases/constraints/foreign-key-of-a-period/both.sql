create extension btree_gist;
create table parent (id int, during daterange, primary key (id, during without overlaps));
create table child (id int primary key, parent int, during daterange, foreign key (parent, period during) references parent (id, period during));
