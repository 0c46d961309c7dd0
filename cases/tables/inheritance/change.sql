update only base set v = 'w' where id = 1; delete from only heir where id = 2; update both_of set x = 100 where id = 3; insert into base values (11, 'n'); delete from only base where id = 4;
