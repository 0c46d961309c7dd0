create table short (id name primary key);
create table long (id text primary key);
create table to_short (id int primary key, ref text, kind text default 'a');
create table to_long (id int primary key, ref name, kind text default 'a');
