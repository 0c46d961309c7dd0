create table parent (a int, b int, primary key (a, b));
create table strict (id int primary key, a int, b int);
create table lax (id int primary key, a int, b int);
create table whole (id int primary key, a int, b int);
