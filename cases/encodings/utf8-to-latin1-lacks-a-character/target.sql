create type mood as enum ('gut');
create table felt (id int primary key, m mood);
