create table tree (id int primary key, v pg_node_tree);
create table counted (id int primary key, v pg_ndistinct);
create table depending (id int primary key, v pg_dependencies);
