insert into without_key values (1, 'a'), (2, 'b');
insert into by_index values (1, 'a'), (2, 'b');
insert into with_none values (1, 'a'), (2, 'b');
insert into by_key values (1, 'a'), (2, 'b');
insert into by_named_index values (1, 'a'), (2, 'b');
insert into by_whole_row values (1, 'a'), (2, 'b');
insert into inserts_only values (1, 'a'), (2, 'b');
insert into keyed_inserts_only values (1, 'a'), (2, 'b');
