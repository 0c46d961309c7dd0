create table open (id int primary key);
create table secret (id int primary key, v text);
