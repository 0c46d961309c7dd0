create type mood as enum ('sad', 'ok', 'it''s "fine", {really}');
create table person (id int primary key, feels mood);
insert into person values (1, 'sad'), (2, 'it''s "fine", {really}'), (3, null);
