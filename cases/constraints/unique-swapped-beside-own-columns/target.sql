alter table item add note text;
insert into item values (1, 'b', 'kept 1'), (2, 'a', 'kept 2'), (3, 'c', 'kept 3');
