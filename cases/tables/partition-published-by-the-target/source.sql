insert into all_with values (1, 'a'), (11, 'b');
insert into one_without values (1, 'a'), (11, 'b');
insert into leaf_without values (1, 'a'), (6, 'b');
