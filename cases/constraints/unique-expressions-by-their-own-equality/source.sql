insert into cast_to_made values (1, 'a', 'x'), (2, 'b', 'x');
insert into cast_to_made_array values (1, 'a'), (2, 'b');
insert into collated values (1, 'a'), (2, 'b');
insert into collated_part values (1, 'a'), (2, 'b');
