create table any_size (id int primary key, v numeric);
create table fitting (id int primary key, v numeric(6,0), s numeric(5,5));
create table narrower (id int primary key, v numeric(5,0));
