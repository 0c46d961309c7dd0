create domain price as numeric(10,2);
create domain rough as price;
create table t (id int primary key, p price, q rough);
