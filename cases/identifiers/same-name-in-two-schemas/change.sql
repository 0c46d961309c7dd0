delete from two.item where id = 1; delete from one.item where id = 1;
insert into one.item values (11, 'n1'); insert into two.item values (11, 11, 'n1');
