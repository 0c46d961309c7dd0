create table open (id int primary key);
create table shown (id int primary key, v text);
