delete from by_width where id = 12;
update by_the_same_function set n = 30 where id = 12;
update by_equality set id = 110 where id = 10;
