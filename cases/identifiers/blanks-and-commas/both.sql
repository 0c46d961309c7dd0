create schema " ";
create table " "." " (" " int primary key, "  " text, " a" text, "a " text, "," text, "a,b" text);
create table " "."x, y" (id int primary key, "left, out" text, "k,1" text not null unique);
