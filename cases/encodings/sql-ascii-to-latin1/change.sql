update number set n = 1.5 where id = 1;
delete from number where id = 2;
