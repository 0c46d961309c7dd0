create table as_text (id int primary key, m text);
create table as_range (id int primary key, m numrange);
create table as_array (id int primary key, m daterange[]);
create table left_out (id int primary key, n int);
