update item set list = '{a,b,"c,d"}', updated_at = now() where id = 2;
delete from item where id = 3;
insert into item values (4, 4, null);
