insert into rows_by_value values (1, 'a'), (2, 'b');
insert into columns_less_key values (1, 'a'), (2, 'b');
insert into rows_by_key values (1, 'a'), (2, 'b');
