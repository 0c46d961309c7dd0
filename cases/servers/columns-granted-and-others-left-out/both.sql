create table t (id int primary key, shown text, hidden text);
