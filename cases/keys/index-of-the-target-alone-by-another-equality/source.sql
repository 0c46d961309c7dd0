create unique index on without_a_key (k);
insert into respelled values ('a', '1'), ('b', '2'), ('C', '3'), ('d', '4'), ('e', '5');
insert into both_stay values ('a', '1'), ('b', '2');
insert into named_equal values ('a', '1'), ('b', '2');
insert into without_a_key values ('a', '1'), ('b', '2'), ('C', '3'), ('d', '4'), ('e', '5');
insert into swapped values (1, 'a'), (2, 'b'), (3, 'c');
