create table t (id int primary key, shown text, hidden text);
create table read_only (id int primary key, shown text, hidden text);
create table fixed (id int primary key, shown text, hidden text);
create table enough (id int primary key, shown text, hidden text);
