create table base (a int); create table heir () inherits (base);
