update t set v = 'new' where id = 3; update t set id = 100 where id = 4; update u set b = null where a = 5; delete from u where a = 6;
