update value_only set k = 'A' where id = 1;
insert into value_only values (3, 'a');
